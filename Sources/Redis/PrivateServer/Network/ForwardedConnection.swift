import Glibc

/// One connection through the network: from who made it to the server that it is for, which sees it as one of its own.
///
/// While its ends are cut off from each other it is not read, not written and not closed: what is under way, the end of the
/// connection too, arrives once they are together again, as TCP has it. Being made takes a round trip.
final class ForwardedConnection {
    private let source: LoopbackAddress
    private let target: (address: LoopbackAddress, port: Int)
    private let near: LoopbackSocket
    private var far: LoopbackSocket?
    private let opensAt: ContinuousClock.Instant
    private var (forth, back) = (DelayLine(), DelayLine())
    /// True once it is closed.
    private(set) var isOver = false

    /// A connection that `source` has made.
    init(
        _ near: LoopbackSocket, from source: LoopbackAddress, to target: (address: LoopbackAddress, port: Int),
        opensAt: ContinuousClock.Instant
    ) {
        (self.near, self.source, self.target, self.opensAt) = (near, source, target, opensAt)
        near.sendAtOnce()
    }

    /// Moves everything that can be moved now.
    ///
    /// - Parameter buffer: room to read into.
    func advance(
        at now: ContinuousClock.Instant, _ conditions: NetworkConditions, buffer: inout [UInt8]
    ) {
        guard !isCut(conditions), now >= opensAt else { return }
        guard let far = far ?? open() else {
            isOver = true
            return
        }
        let due = now + conditions.delay / 2
        Self.read(near, into: &forth, due: due, &buffer)
        Self.read(far, into: &back, due: due, &buffer)
        let isWritable = Self.write(forth: &forth, to: far, now) && Self.write(forth: &back, to: near, now)
        isOver = !isWritable || forth.isOver(at: now) || back.isOver(at: now)
    }

    /// Whether something is due that nobody announces.
    func isDue(at now: ContinuousClock.Instant) -> Bool {
        guard far != nil else { return opensAt <= now }
        return [forth.nextDue, back.nextDue].contains { $0.map { $0 <= now } ?? false }
    }

    /// What to wait for before it can be advanced again: of either socket, and a time.
    func interests(
        at now: ContinuousClock.Instant, _ conditions: NetworkConditions
    ) -> (near: pollfd, far: pollfd, time: ContinuousClock.Instant?) {
        guard !isCut(conditions) else { return (Self.nothing, Self.nothing, nil) }
        guard let far else { return (Self.nothing, Self.nothing, opensAt) }
        let times = [forth.nextDue, back.nextDue].compactMap { $0 }.filter { $0 > now }
        return (
            Self.interest(in: near, reading: forth, writing: back, now),
            Self.interest(in: far, reading: back, writing: forth, now), times.min()
        )
    }

    private func isCut(_ conditions: NetworkConditions) -> Bool { conditions.isCut(source, from: target.address) }

    private func open() -> LoopbackSocket? {
        guard let socket = LoopbackSocket(), socket.connect(to: target.address, port: target.port) else { return nil }
        socket.sendAtOnce()
        far = socket
        return socket
    }

    private static func read(
        _ socket: LoopbackSocket, into line: inout DelayLine, due: ContinuousClock.Instant, _ buffer: inout [UInt8]
    ) {
        guard line.hasRoom else { return }
        switch socket.receive(into: &buffer) {
        case .bytes(let count): line.append(Array(buffer[..<count]), due: due)
        case .notNow: break
        case .over: line.end(due: due)
        }
    }

    /// False when nobody reads there any more.
    private static func write(
        forth line: inout DelayLine, to socket: LoopbackSocket, _ now: ContinuousClock.Instant
    ) -> Bool {
        while true {
            let bytes = line.due(at: now)
            if bytes.isEmpty { return true }
            switch socket.send(bytes) {
            case .bytes(let count): line.didArrive(count)
            case .notNow: return true
            case .over: return false
            }
        }
    }

    /// poll(2) passes over it.
    private static let nothing = pollfd(fd: -1, events: 0, revents: 0)

    private static func interest(
        in socket: LoopbackSocket, reading: DelayLine, writing: DelayLine, _ now: ContinuousClock.Instant
    ) -> pollfd {
        let events = (reading.hasRoom ? POLLIN : 0) | (writing.due(at: now).isEmpty ? 0 : POLLOUT)
        return events == 0 ? nothing : pollfd(fd: socket.descriptor, events: Int16(events), revents: 0)
    }
}
