import Measurement
import Redis
import ReliableQueue

/// Takes readings for the live view, over a connection of its own. It belongs to one thread.
final class TopCollector {
    /// How long Redis may take to answer before it is taken for gone.
    private static let patience = Duration.seconds(2)

    private let observer: QueueObserver
    private let follower: RunFollower?
    private var isConnected = true

    /// Connects, once.
    ///
    /// - Parameter run: the folder of the run that uses the queue.
    init(of address: QueueAddress, run: RunFolder?) throws(HarnessError) {
        var configuration = address.configuration
        configuration.settings.connectTimeout = Self.patience
        configuration.settings.commandTimeout = Self.patience
        configuration.settings.clientName = "fibq-top"
        do throws(QueueError) { observer = try QueueObserver(of: configuration) } catch { throw .queue(error) }
        follower = run.map(RunFollower.init)
    }

    /// Takes a reading; connects anew before that if the last one failed.
    func read() throws(HarnessError) -> TopReading {
        do {
            if !isConnected { try observer.reconnect() }
            isConnected = true
            return try reading()
        } catch let error as QueueError {
            if case .redis(let error) = error, error.isConnectionLost { isConnected = false }
            throw .queue(error)
        } catch {
            throw HarnessError(error)
        }
    }

    private func reading() throws -> TopReading {
        let ping = try observer.roundTrip()
        let sight = try observer.look()
        let info = try observer.serverInfo()
        let time = MonotonicClock.nanoseconds()
        let own = observer.connection.traffic.commands
        let connections = info.integer("connected_clients")
        let clients = connections <= QueueObserver.Limits.connections ? try observer.clients() : nil
        var reading = TopReading(
            time: time, sight: sight, info: info, clients: clients, ping: ping, ownCommands: own)
        reading.settings.appendFsync = try observer.setting("appendfsync")
        reading.settings.save = try observer.setting("save")
        reading.run = try follower?.read()
        return reading
    }
}
