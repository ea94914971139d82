import Foundation
import Processes
import Redis
import Workload

/// The network of a run whose processes are to be far from Redis: a process that all of them reach it through.
///
/// Its methods belong to the main thread, which children's lives are tied to.
final class RunLink {
    /// Where the run's processes find the server.
    let endpoint: RedisEndpoint
    private let server: RedisEndpoint
    private let roundTrip: Duration
    private let folder: SocketFolder
    private let socket: String
    private var process: ChildProcess?

    /// A link to a server, not started yet.
    init(to server: RedisEndpoint, roundTrip: Duration) throws(HarnessError) {
        try LinkRole.requireOne(server)
        do throws(ProcessError) { folder = try SocketFolder("fibq-link") } catch { throw .process(error) }
        socket = "\(folder.path)/link.sock"
        (self.server, self.roundTrip) = (server, roundTrip)
        var endpoint = server
        endpoint.address = .unixSocket(path: socket)
        self.endpoint = endpoint
    }

    /// Starts it. Its server's address comes from the environment, like everybody's.
    func start() throws(ProcessError) {
        process = try WorkerFleet.launch(
            ["link", "--listen", socket, "--round-trip", roundTrip.textWithUnit], behind: [])
    }

    /// True once it takes connections.
    var isReady: Bool { FileManager.default.fileExists(atPath: socket) }

    /// Throws when it ended by itself: nobody reaches the server any more.
    func check() throws(HarnessError) {
        guard let status = process?.poll() else { return }
        throw .run("the link to Redis ended with \(status)")
    }

    /// Its process id, while it runs.
    var processID: Int32? {
        guard let process, process.poll() == nil else { return nil }
        return process.processID
    }

    /// Ends it.
    func stop(grace: Duration) {
        guard let process else { return }
        if process.poll() == nil { process.stop(grace: grace) }
        self.process = nil
    }
}
