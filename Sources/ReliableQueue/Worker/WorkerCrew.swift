import Glibc
import Processes
import Redis
import Synchronization

/// A worker's threads: how they stop together, and which error was the first.
final class WorkerCrew: Sendable {
    let stop: StopSignal
    /// For each slot, its connection while it waits for work.
    let waiting: [WaitingSlot]
    private let running: Atomic<Int>
    private let stuckSlots = Atomic(0)
    private let ended = Mutex<Set<Int>>([])
    private let error = Mutex<QueueError?>(nil)

    init(stop: StopSignal, slots: Int) {
        self.stop = stop
        waiting = (0..<slots).map { _ in WaitingSlot() }
        running = Atomic(slots)
    }

    /// The error that ended a thread first.
    var firstError: QueueError? { error.withLock { $0 } }

    /// A thread whose failure stops the whole crew. One that is told to stop does not wait for a full server, and that is
    /// no failure: what it holds is left to the monitors.
    func thread(_ name: String, body: @escaping @Sendable () throws(QueueError) -> Void) -> DedicatedThread {
        DedicatedThread(name: name) {
            do throws(QueueError) {
                try body()
            } catch let failure {
                if failure == .full, self.stop.isSet { return }
                self.error.withLock { $0 = $0 ?? failure }
                self.stop.set()
            }
        }
    }

    /// How many slots have a task that was given up and still runs.
    var stuck: Int { stuckSlots.load(ordering: .acquiring) }

    /// A slot's task was given up, and still runs: nobody waits for the slot any more.
    func slotIsStuck(_ slot: Int) {
        stuckSlots.add(1, ordering: .acquiringAndReleasing)
        slotDidEnd(slot)
    }

    /// A slot has come to its end. Said twice it counts once.
    func slotDidEnd(_ slot: Int) {
        let isNews = ended.withLock { $0.insert(slot).inserted }
        guard isNews else { return }
        if running.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { stop.set() }
    }

    /// Waits for the signal to stop, then wakes slots that wait for work until all have ended.
    ///
    /// A slot may begin to wait just after it was looked at, so they are looked at again and again.
    ///
    /// - Parameter wake: wakes those that wait for something else.
    func awaitSlots(on configuration: QueueConfiguration, wake: () -> Void = {}) {
        while !stop.wait(upTo: .seconds(3_600)) {}
        var alarm = SlotAlarm(configuration)
        while running.load(ordering: .acquiring) > 0 {
            wake()
            alarm.wake(waiting)
            usleep(5_000)
        }
    }
}

/// Wakes slots that wait for work, by connections of its own.
struct SlotAlarm {
    private let settings: RedisSettings
    private var connections: [RedisEndpoint: RedisConnection] = [:]

    init(_ configuration: QueueConfiguration) { settings = configuration.settings }

    /// Wakes those that wait now.
    mutating func wake(_ slots: [WaitingSlot]) {
        for client in slots.compactMap(\.client) {
            do throws(RedisError) {
                var connection = connections[client.place]
                if connection == nil {
                    connection = try RedisConnection(to: client.place, settings: settings)
                    connections[client.place] = connection
                }
                _ = try connection?.call("CLIENT", "UNBLOCK", String(client.id))
            } catch {
                // A server that can't be reached has nothing blocked on it: the slots fail to reconnect.
                if error.isConnectionLost { connections[client.place] = nil }
            }
        }
    }
}

/// Which connection a slot waits on, for whoever wants to wake it.
final class WaitingSlot: Sendable {
    /// A connection as the server knows it, and which server that is.
    struct Client: Sendable {
        let id: Int
        let place: RedisEndpoint

        init(_ connection: RedisConnection) {
            id = connection.clientID
            place = connection.place
        }
    }

    private let waiting = Mutex<Client?>(nil)

    /// The connection, while the slot waits on it.
    var client: Client? {
        get { waiting.withLock { $0 } }
        set { waiting.withLock { $0 = newValue } }
    }
}
