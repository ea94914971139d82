import CLinux
import Glibc
import Synchronization

/// What a network's thread is to do, as others tell it at any time. An order wakes the thread.
final class NetworkOrders: Sendable {
    /// What holds now.
    struct State: Sendable {
        var conditions = NetworkConditions()
        /// Where connections come in.
        var entrances: [NetworkEntrance] = []
        /// True once the thread is to end.
        var isOver = false
    }

    /// Readable when there may be a new order.
    let wakeUp: Int32
    private let bell: Int32
    private let state = Mutex(State())
    /// How many orders were given.
    private let given = Atomic(0)
    /// How many of them the thread has seen.
    private let seen = Atomic(0)

    init() throws(RedisError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else {
            throw .privateServer(reason: "no pipe for its network: errno \(errno)")
        }
        (wakeUp, bell) = (ends[0], ends[1])
    }

    deinit {
        close(wakeUp)
        close(bell)
    }

    /// What holds now.
    var current: State { state.withLock { $0 } }

    /// Gives an order, and waits until the thread has seen it; not when it has ended before.
    func change(_ order: (inout State) -> Void) {
        let number = state.withLock { state in
            order(&state)
            return given.add(1, ordering: .relaxed).newValue
        }
        var ring: UInt8 = 0
        // A pipe that is full wakes the thread as well.
        _ = unsafe write(bell, &ring, 1)
        while seen.load(ordering: .acquiring) < number { usleep(20) }
    }

    /// What holds now; the next order wakes anew.
    func take() -> State {
        var rings = [UInt8](repeating: 0, count: 64)
        while unsafe read(wakeUp, &rings, rings.count) == rings.count {}
        return state.withLock { state in
            seen.store(state.isOver ? .max : given.load(ordering: .relaxed), ordering: .releasing)
            return state
        }
    }
}

/// Where connections to one port of a server come in.
struct NetworkEntrance: Sendable {
    private let socket: LoopbackSocket
    private let target: (address: LoopbackAddress, port: Int)

    /// Listens on ``LoopbackAddress/home`` instead of the server, on the same port.
    init(to port: Int, of server: LoopbackAddress) throws(RedisError) {
        guard let socket = LoopbackSocket(), socket.allowReuse(), socket.bind(to: .home, port: port), socket.listen()
        else { throw .privateServer(reason: "its network can't listen on port \(port): errno \(errno)") }
        (self.socket, target) = (socket, (server, port))
    }

    /// What poll(2) is to watch.
    var interest: pollfd { pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0) }

    /// The next connection that has come in; `nil` when there is none for now.
    func accept(at now: ContinuousClock.Instant, _ conditions: NetworkConditions) -> ForwardedConnection? {
        guard let (socket, source) = socket.accept() else { return nil }
        return ForwardedConnection(socket, from: source, to: target, opensAt: now + conditions.delay)
    }
}
