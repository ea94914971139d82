import Foundation
import Measurement
import Redis

/// Where a run on several hosts and its parts find each other: a few keys of a Redis server, all of them in one hash slot and
/// all with a time after which they are gone, whoever dies.
///
/// Whatever is said here may be said twice, so a broken connection is made anew and the last thing said again. It belongs to
/// one thread.
final class MeetingPlace {
    /// How long what the run says is believed, in milliseconds, when it says nothing more.
    static let callLifetime = 30_000
    /// How long what a part says is kept, likewise.
    static let cardLifetime = 60_000
    /// How long a piece of a file waits to be taken, likewise.
    static let pieceLifetime = 120_000
    /// TIME counts microseconds.
    static let clockResolution: UInt64 = 1_000

    private let prefix: String
    private let run: String
    private let connection: RedisConnection
    private let isWanted: () -> Bool

    /// Connects.
    ///
    /// - Parameters:
    ///   - run: the run's name.
    ///   - isWanted: asked before each attempt to reach a server again that went away.
    /// - Throws: ``HarnessError/usage(_:)`` for a name that no run can have, ``HarnessError/redis(_:)``.
    init(of run: String, at endpoint: RedisEndpoint, while isWanted: @escaping () -> Bool = { true })
        throws(HarnessError)
    {
        try Self.check(run, "run")
        (self.run, self.isWanted) = (run, isWanted)
        prefix = "{fibq-run:\(run)}:"
        var settings = RedisSettings(commandTimeout: .seconds(10))
        settings.clientName = "fibq/meeting/\(run)"
        do throws(RedisError) {
            connection = try RedisConnection(to: endpoint, settings: settings, for: prefix)
        } catch {
            throw .redis(error)
        }
    }

    /// Throws unless a run, or a part of one, may have this name: it is part of keys and of files' names.
    static func check(_ name: String, _ what: String) throws(HarnessError) {
        let isPlain = name.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return character.isASCII
                && (character.isLetter || character.isNumber || character == "-" || character == "_")
        }
        guard isPlain, (1...64).contains(name.utf8.count) else {
            throw .usage("'\(name)' is no name for a \(what): use up to 64 letters, digits, - and _")
        }
    }

    /// What has passed over the connection.
    var traffic: RedisTraffic { connection.traffic }

    // MARK: What the run says

    /// Says it first, and clears away what parts of an earlier run of this name have left.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when there is such a run already.
    func open(_ call: RunCall) throws(HarnessError) {
        let text = try Self.encoded(call)
        let isFirst = try saying { connection throws(RedisError) in
            let reply = try connection.call("SET", key("call"), text, "PX", "\(Self.callLifetime)", "NX")
            if !reply.isNull { return true }
            // It may be this very call, whose answer was lost.
            let present = try connection.call("GET", key("call"))
            return present.isNull ? false : try present.text() == text
        }
        guard isFirst else {
            throw .usage("there is a run \(run) already: say another name, or wait half a minute after it was killed")
        }
        try saying { connection throws(RedisError) in _ = try connection.call("DEL", key("parts")) }
    }

    /// Says it anew.
    func announce(_ call: RunCall) throws(HarnessError) {
        let text = try Self.encoded(call)
        try saying { connection throws(RedisError) in
            _ = try connection.call("SET", key("call"), text, "PX", "\(Self.callLifetime)")
        }
    }

    /// What is said at present; `nil` when nothing is.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when this program does not understand it.
    func call() throws(HarnessError) -> RunCall? {
        let text = try saying { connection throws(RedisError) in
            let reply = try connection.call("GET", key("call"))
            return reply.isNull ? nil : try reply.text()
        }
        guard let text else { return nil }
        guard let format = try? JSONDecoder().decode(RunCallFormat.self, from: Data(text.utf8)),
            format.format == RunCall.format, let call = try? JSONDecoder().decode(RunCall.self, from: Data(text.utf8))
        else {
            throw .usage("the run \(run) is of another version of fibq: use the same one on all hosts")
        }
        return call
    }

    /// Takes every key away.
    func clear() throws(HarnessError) {
        try saying { connection throws(RedisError) in _ = try connection.call("DEL", key("call"), key("parts")) }
    }

    // MARK: Saying

    /// The name of a key.
    func key(_ name: String) -> String { prefix + name }

    /// Says something, and says it again when the connection had to be made anew, when another server has taken over, or when the
    /// server has room again.
    func saying<Result>(
        _ step: (RedisConnection) throws(RedisError) -> Result
    ) throws(HarnessError) -> Result {
        let backoff = Backoff(total: .seconds(20))
        let deadline = ContinuousClock.now + backoff.total
        while true {
            do throws(RedisError) {
                return try step(connection)
            } catch {
                connection.drain()
                let remedy = connection.remedy(for: error)
                let isAway = error.isConnectionLost || remedy == .reconnect
                guard isAway || remedy == .wait || error.isRefusal(["OOM", "MISCONF", "LOADING"]),
                    ContinuousClock.now < deadline, isWanted()
                else { throw .redis(error) }
                do throws(RedisError) {
                    if isAway { try connection.reconnect(backoff, while: isWanted) } else { usleep(50_000) }
                } catch {
                    throw .redis(error)
                }
            }
        }
    }

    /// The JSON of what is to be said.
    static func encoded(_ value: some Encodable) throws(HarnessError) -> String {
        let encoder = JSONEncoder()
        // So that the same is always the same text.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .run("what is to be said to the run's parts cannot be written as JSON: \(error)")
        }
    }
}
