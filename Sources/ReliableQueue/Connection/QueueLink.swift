import Glibc
import Redis

/// A queue's connection, and the one place that decides what to do when it breaks.
///
/// ``resilient(_:)`` runs a step, and runs it again after reconnecting when its outcome is unknown; the step is told
/// so, and must be one that may be said twice.
final class QueueLink {
    /// In microseconds.
    private static let pauseWhenFull: UInt32 = 20_000
    /// How long one WAIT waits: short enough to notice that this program is to stop.
    private static let waitMilliseconds = "500"

    let connection: RedisConnection
    private let backoff: Backoff
    private let keepTrying: () -> Bool
    private let scripts: [RedisScript]
    private let longestBlock: Duration
    private let replicas: Int
    /// Whether what the next step says was sent ahead of it.
    private var begun = Begun.no

    private enum Begun {
        case no
        case sent
        /// The connection broke meanwhile.
        case unsure
    }

    init(
        _ configuration: QueueConfiguration, scripts: [RedisScript], keepTrying: @escaping () -> Bool,
        greet: @escaping (RedisConnection) throws(RedisError) -> Void
    ) throws(QueueError) {
        backoff = configuration.backoff
        longestBlock = configuration.settings.commandTimeout / 2
        replicas = configuration.replicas
        self.keepTrying = keepTrying
        self.scripts = scripts
        do throws(RedisError) {
            // An address where nobody answers is probably wrong; a server that hangs up or loads its data is there.
            let isThere = { (error: RedisError) in
                if case .unreachable = error { return false }
                return configuration.endpoint.isPassing(error) || error.isWantOfRoom
            }
            connection = try backoff.retrying(while: keepTrying, if: isThere) { () throws(RedisError) in
                try RedisConnection(
                    to: configuration.endpoint, settings: configuration.settings, for: configuration.keys.pending
                ) { connection throws(RedisError) in
                    // On a server that will be refused nothing is written.
                    guard Self.isFit(connection) else { return }
                    for script in scripts { try script.load(on: connection) }
                    try greet(connection)
                }
            }
        } catch {
            throw Self.queueError(error)
        }
        try refuseEviction()
    }

    private static func isFit(_ connection: RedisConnection) -> Bool {
        connection.server.evictionPolicy == "noeviction"
    }

    /// Runs `step`, again and again while connections break, until it is answered.
    ///
    /// - Parameters:
    ///   - waitsForRoom: whether to try again, too, while the server refuses for want of memory or of room on its disk.
    ///   - step: what to say; it is told whether it is a repetition, and throws what the server answers.
    /// - Throws: ``QueueError/full`` for want of room, when that is not to be waited for, or no longer.
    func resilient<Result>(
        waitingForRoom waitsForRoom: Bool = true, _ step: (_ isRepeated: Bool) throws(RedisError) -> Result
    ) throws(QueueError) -> Result {
        precondition(begun == .no, "what was sent ahead is to be waited for first")
        var isRepeated = false
        var patience = Patience(backoff)
        while true {
            do throws(RedisError) {
                return try step(isRepeated)
            } catch {
                connection.drain()
                try prepareRepetition(after: error, waitingForRoom: waitsForRoom, &patience)
                isRepeated = true
            }
        }
    }

    /// Enqueues by `step`, and returns once as many replicas as the queue asks for have what it wrote. The step is told whether
    /// what it says was sent already, by ``begin()``.
    ///
    /// - Throws: ``QueueError/full`` when the server refused it for want of room at once, and ``QueueError/unsettled`` when it
    ///   did so after an answer was lost; ``QueueError/notReplicated(wanted:have:)`` when the replicas do not have it in the
    ///   time that is given to a server that went away.
    func acknowledged(
        _ step: (_ isSent: Bool) throws(RedisError) -> EnqueueAnswer
    ) throws(QueueError) -> EnqueueAnswer {
        let wasBegun = begun
        begun = .no
        var (isUnsure, have) = (wasBegun == .unsure, replicas)
        let answer: EnqueueAnswer
        do {
            answer = try resilient(waitingForRoom: false) { isRepeated throws(RedisError) in
                isUnsure = isUnsure || isRepeated
                let answer = try step(wasBegun == .sent && !isRepeated)
                if replicas > 0, answer == .accepted { have = try awaitReplicas() }
                return answer
            }
        } catch {
            throw error == .full && isUnsure ? .unsettled : error
        }
        guard have >= replicas else { throw .notReplicated(wanted: replicas, have: have) }
        return answer
    }

    /// Sends what was appended ahead of the step that says it, ``acknowledged(_:)``, which must come next, and does not wait
    /// for the answer.
    func begin() {
        do throws(RedisError) {
            try connection.flush()
            begun = .sent
        } catch {
            begun = .unsure
        }
    }

    /// Waits until as many replicas as are wanted have what was written on this connection; returns how many have it.
    private func awaitReplicas() throws(RedisError) -> Int {
        let deadline = ContinuousClock.now + backoff.total
        while true {
            let have = try connection.call("WAIT", String(replicas), Self.waitMilliseconds).integer()
            guard have < replicas, keepTrying(), ContinuousClock.now < deadline else { return have }
        }
    }

    /// The timeout of a blocking command that shall wait at most `limit`: never 0, which would be for ever, and well
    /// below the time after which the connection would be taken for lost.
    func blockingTime(_ limit: Duration) -> Duration { max(.milliseconds(1), min(limit, longestBlock)) }

    /// The same for commands that take seconds.
    func blockingSeconds(_ limit: Duration) -> String { String(blockingTime(limit).seconds) }

    /// Reconnects, makes the scripts known again, or waits a little for room or for another server to take over; throws when
    /// none of these mends `error`.
    ///
    /// - Parameter patience: how much longer to wait for a queue that is on its way from server to server.
    private func prepareRepetition(
        after error: RedisError, waitingForRoom waitsForRoom: Bool, _ patience: inout Patience
    ) throws(QueueError) {
        do throws(RedisError) {
            let remedy = connection.remedy(for: error)
            if remedy != .none {
                guard let pause = patience.next(isStopping: !keepTrying()) else { throw error }
                usleep(UInt32(pause.microseconds))
                if remedy == .reconnect { try reconnect(waitingForRoom: waitsForRoom) }
            } else if error.isConnectionLost || error.isOfDeletedQueue {
                guard keepTrying() else { throw error }
                try reconnect(waitingForRoom: waitsForRoom)
            } else if error.serverCode == "NOSCRIPT" {
                for script in scripts { try script.load(on: connection) }
            } else {
                try rest(after: error, waitingForRoom: waitsForRoom)
            }
        } catch {
            throw Self.queueError(error)
        }
        try refuseEviction()
    }

    /// Reconnects; what shakes hands can be refused for want of room too.
    private func reconnect(waitingForRoom waitsForRoom: Bool) throws(RedisError) {
        while true {
            do throws(RedisError) {
                return try connection.reconnect(backoff, while: keepTrying)
            } catch {
                try rest(after: error, waitingForRoom: waitsForRoom)
            }
        }
    }

    /// Lets some time pass for room to be made; throws `error` when that is not what it wants, or nobody waits for it.
    private func rest(after error: RedisError, waitingForRoom waitsForRoom: Bool) throws(RedisError) {
        guard waitsForRoom, error.isWantOfRoom, keepTrying() else { throw error }
        usleep(Self.pauseWhenFull)
    }

    /// What a server's error means for a queue.
    static func queueError(_ error: RedisError) -> QueueError {
        if error.isWantOfRoom { return .full }
        if error.serverCode == "WRONGTYPE" {
            return .corrupt(what: "its keys are not of this protocol: check its name, and --protocol")
        }
        return .redis(error)
    }

    private func refuseEviction() throws(QueueError) {
        guard Self.isFit(connection) else { throw .mayEvict(policy: connection.server.evictionPolicy) }
    }
}

/// How long a step waits for a queue that is on its way from server to server. The servers are there, so also whoever is about to
/// stop waits for a little: it may have something to ack.
private struct Patience {
    /// How long that is.
    private static let ofOneThatStops = Duration.seconds(2)

    private var pauses: Backoff.Attempts
    private var end: ContinuousClock.Instant?

    init(_ backoff: Backoff) { pauses = backoff.attempts() }

    /// The next pause; `nil` when it is over.
    mutating func next(isStopping: Bool) -> Duration? {
        if isStopping {
            let end = self.end ?? .now + Self.ofOneThatStops
            self.end = end
            if ContinuousClock.now >= end { return nil }
        }
        return pauses.next()
    }
}

extension RedisError {
    /// True when the server refuses to write since it is over its memory limit, or since it could not write to its disk.
    fileprivate var isWantOfRoom: Bool {
        isRefusal(["OOM", "MISCONF"])
    }

    /// True when a script, or a command on a stream, says that the queue was deleted under the connection: shaking hands
    /// makes it anew.
    fileprivate var isOfDeletedQueue: Bool {
        if case .server(let words) = self, words.contains("no such key") { return true }
        return serverCode == "NOEPOCH" || serverCode == "NOGROUP"
    }
}
