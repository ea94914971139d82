import CLinux
import Glibc

/// A network's thread: takes connections, and moves what comes over them when it may arrive.
struct NetworkForwarder {
    private let orders: NetworkOrders
    private var connections: [ForwardedConnection] = []
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(_ orders: NetworkOrders) { self.orders = orders }

    /// Works until told that it is over; every connection is closed then.
    mutating func run() {
        // Whoever is given a place here is waited for: the orders, the entrances, then two for each connection.
        var watched: [pollfd] = []
        var state = orders.take()
        while !state.isOver {
            var next: ContinuousClock.Instant?
            let now = ContinuousClock.now
            watched = [pollfd(fd: orders.wakeUp, events: Int16(POLLIN), revents: 0)] + state.entrances.map(\.interest)
            for connection in connections {
                let interests = connection.interests(at: now, state.conditions)
                watched += [interests.near, interests.far]
                if let time = interests.time { next = min(next ?? time, time) }
            }
            Self.wait(for: &watched, until: next, now)
            let isChanged = watched[0].revents != 0
            if isChanged { state = orders.take() }
            advance(watched[(watched.count - 2 * connections.count)...], state, all: isChanged)
            for entrance in state.entrances { accept(at: entrance, state) }
        }
    }

    /// Advances the connections that something has come of, or a time.
    private mutating func advance(_ watched: ArraySlice<pollfd>, _ state: NetworkOrders.State, all: Bool) {
        let now = ContinuousClock.now
        var hasEnded = false
        for (index, connection) in connections.enumerated() {
            let place = watched.startIndex + 2 * index
            let isReady = watched[place].revents != 0 || watched[place + 1].revents != 0
            guard all || isReady || connection.isDue(at: now) else { continue }
            connection.advance(at: now, state.conditions, buffer: &buffer)
            hasEnded = hasEnded || connection.isOver
        }
        if hasEnded { connections.removeAll(where: \.isOver) }
    }

    private mutating func accept(at entrance: NetworkEntrance, _ state: NetworkOrders.State) {
        let now = ContinuousClock.now
        while let connection = entrance.accept(at: now, state.conditions) {
            connection.advance(at: now, state.conditions, buffer: &buffer)
            if !connection.isOver { connections.append(connection) }
        }
    }

    private static func wait(
        for watched: inout [pollfd], until time: ContinuousClock.Instant?, _ now: ContinuousClock.Instant
    ) {
        guard let time else {
            _ = unsafe poll(&watched, nfds_t(watched.count), -1)
            return
        }
        let (seconds, attoseconds) = max(.zero, time - now).components
        var limit = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        _ = unsafe ppoll(&watched, nfds_t(watched.count), &limit, nil)
    }
}
