import Foundation
import Measurement
import Redis

/// What parts say, and what time it is.
extension MeetingPlace {
    /// Takes a name in the run; false when another part has it.
    func take(_ name: String, _ card: PartCard) throws(HarnessError) -> Bool {
        let text = try Self.encoded(card)
        return try saying { connection throws(RedisError) in
            if try connection.call("HSETNX", key("parts"), name, text).integer() == 1 { return true }
            let present = try connection.call("HGET", key("parts"), name)
            return present.isNull ? false : try present.text() == text
        }
    }

    /// Says what a part is now.
    func put(_ card: PartCard, of name: String) throws(HarnessError) {
        let text = try Self.encoded(card)
        try saying { connection throws(RedisError) in
            connection.append("HSET", [key("parts"), name, text])
            connection.append("PEXPIRE", [key("parts"), "\(Self.cardLifetime)"])
            let replies = try connection.receiveAll(2)
            try replies.throwRefusal()
        }
    }

    /// Takes a part's name back.
    func withdraw(_ name: String) throws(HarnessError) {
        try saying { connection throws(RedisError) in _ = try connection.call("HDEL", key("parts"), name) }
    }

    /// What every part says. One that can't be understood is left out: it has another version.
    func cards() throws(HarnessError) -> [String: PartCard] {
        let texts = try saying { connection throws(RedisError) in
            try connection.call("HGETALL", key("parts")).texts()
        }
        let pairs = stride(from: 0, to: texts.count - 1, by: 2).compactMap { index in
            (try? JSONDecoder().decode(PartCard.self, from: Data(texts[index + 1].utf8))).map { (texts[index], $0) }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// Reads the server's clock.
    func readClock() throws(HarnessError) -> ClockSample {
        try saying { connection throws(RedisError) in
            let before = MonotonicClock.nanoseconds()
            let reply = try connection.call("TIME")
            let after = MonotonicClock.nanoseconds()
            guard let seconds = UInt64(try reply.text(at: 0)), let microseconds = UInt64(try reply.text(at: 1)) else {
                throw .unexpectedReply(wanted: "a time", got: try reply.texts().joined(separator: " "))
            }
            return ClockSample(
                before: before, distant: seconds * 1_000_000_000 + microseconds * 1_000, after: after)
        }
    }
}
