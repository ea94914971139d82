import Redis

/// A queue's dead letters: tasks that failed or lost their worker too often, or can never succeed. To be looked at, tried
/// again, or thrown away.
///
/// It has a connection of its own, of one thread.
public final class DeadLetters {
    /// How many letters one call takes out at most.
    private static let letterAStep = 100

    private let keys: QueueKeys
    private let queueProtocol: QueueProtocol
    private let link: QueueLink

    /// Connects.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public init(of configuration: QueueConfiguration) throws(QueueError) {
        keys = configuration.keys
        queueProtocol = configuration.queueProtocol
        link = try QueueLink(configuration, scripts: [QueueScripts.takeDead], keepTrying: { true }) { _ in }
    }

    /// All of them, the oldest first; at most `limit`.
    public func list(limit: Int = .max) throws(QueueError) -> [DeadLetter] {
        try link.resilient { _ throws(RedisError) in
            var letters: [DeadLetter] = []
            while letters.count < limit {
                let last = letters.count + min(1_000, limit - letters.count) - 1
                let reply = try link.connection.call("LRANGE", keys.dead, String(letters.count), String(last))
                let elements = try (0..<reply.count).map { index throws(RedisError) in
                    try reply.withElement(index) { element throws(RedisError) in try element.bytes() }
                }
                if elements.isEmpty { break }
                for element in elements { link.connection.append { append(reasonOf: element, to: &$0) } }
                for element in elements {
                    let reason = try link.connection.receive()
                    letters.append(DeadLetter(element, reason: reason.isNull ? nil : try reason.text()))
                }
            }
            return letters
        }
    }

    /// Puts them back where tasks wait for their first attempt; returns how many were still there. That one had failed is not
    /// its result any more.
    public func requeue(_ letters: [DeadLetter]) throws(QueueError) -> Int {
        switch queueProtocol {
        case .lease: try take(letters, to: "list")
        case .stream: try take(letters, to: "stream")
        case .lock, .lockSetex, .pop: try take(letters, to: "bare")
        }
    }

    /// Throws them away; returns how many were still there.
    public func drop(_ letters: [DeadLetter]) throws(QueueError) -> Int { try take(letters, to: "drop") }

    private func take(_ letters: [DeadLetter], to place: String) throws(QueueError) -> Int {
        var taken = 0
        for start in stride(from: 0, to: letters.count, by: Self.letterAStep) {
            taken += try takeSome(letters[start..<min(letters.count, start + Self.letterAStep)], to: place)
        }
        return taken
    }

    private func takeSome(_ letters: ArraySlice<DeadLetter>, to place: String) throws(QueueError) -> Int {
        let answer = keys.takenLetters(UInt64.random(in: .min ... .max))
        let all =
            [keys.dead, keys.pending, keys.reasons, keys.failures, keys.wake, answer]
            + letters.compactMap { $0.resultID.map(keys.result) }
        let taken = try link.run(
            QueueScripts.takeDead, keys: all, arguments: 1 + 3 * letters.count, waitingForRoom: false
        ) { writer in
            writer.argument(place)
            for letter in letters {
                writer.argument(queueProtocol.reasonField(of: letter.element))
                writer.argument(letter.element)
                writer.argument(letter.resultID == nil ? "0" : "1")
            }
        } decode: { reply throws(RedisError) in
            try reply.integer()
        }
        // Nobody will ask again. It goes by itself in time, too.
        _ = try? link.connection.call("DEL", answer)
        return taken
    }

    private func append(reasonOf element: [UInt8], to writer: inout CommandWriter) {
        writer.command("HGET", arguments: 2)
        writer.argument(keys.reasons)
        writer.argument(queueProtocol.reasonField(of: element))
    }
}

/// A task that was given up.
public struct DeadLetter: Sendable {
    /// Its identity; `nil` for something that is no task.
    public let id: TaskID?
    /// Its kind; empty for something that is no task.
    public let kind: String
    /// Its payload; all of it for something that is no task.
    public let payload: [UInt8]
    /// Why it was given up, as far as that is known.
    public let reason: String?
    let element: [UInt8]
    /// Its identity, if it asked for its result.
    let resultID: TaskID?

    init(_ element: [UInt8], reason: String?) {
        self.element = element
        self.reason = reason
        guard let task = DecodedElement(element) else {
            (id, kind, payload, resultID) = (nil, "", element, nil)
            return
        }
        id = task.id
        kind = String(decoding: element[task.kind], as: UTF8.self)
        payload = Array(element[task.payload])
        resultID = task.resultMilliseconds == nil ? nil : task.id
    }
}
