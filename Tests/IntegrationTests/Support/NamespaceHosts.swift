import Foundation
import Glibc
import Processes
import Redis
import Synchronization

/// Hosts that are none: each a network namespace on a common bridge, and a time namespace whose monotonic clock is ahead of this
/// machine's by whole seconds. A redis-server listens on the bridge, and wants a password.
///
/// They go with the last reference to them, and also when this process is killed: a small shell at a ``Lifeline`` removes them
/// then. Their names are unique.
final class NamespaceHosts {
    /// Why there can be none here; `nil` where there can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "namespaces of networks and of time take root" }
        let name = "fibq-probe-\(getpid())"
        defer { _ = try? run(["ip", "netns", "del", name]) }
        guard (try? run(["ip", "netns", "add", name])) == .exited(0) else { return "no network namespaces here" }
        let shifted = try? run(["unshare", "--uts", "--time", "--monotonic", "1", "--fork", "--kill-child", "true"])
        return shifted == .exited(0) ? nil : "no time namespaces here"
    }()

    private static let bridgeAddress = "10.99.0.1"

    /// One of them.
    struct Host {
        /// What it calls itself.
        let name: String
        /// By how many seconds its monotonic clock is ahead.
        let seconds: Int
        fileprivate let namespace: String
        /// Its address on the bridge.
        let address: String

        /// What stands before a command line that is to run there.
        var launcher: [String] {
            [
                "ip", "netns", "exec", namespace, "unshare", "--uts", "--time", "--monotonic", "\(seconds)", "--fork",
                "--kill-child", "sh", "-c", "hostname \(name) && exec \"$@\"", "sh",
            ]
        }
    }

    let hosts: [Host]
    let server: PrivateRedisServer
    /// The server's address with its password, as every host reaches it.
    let url: String
    private let hub: String
    private let remover: ChildProcess
    private let lifeline: Mutex<Lifeline?>

    /// Signals to a whole terminal must not end the shell before its time.
    private static let removal = """
        trap '' INT TERM HUP
        read -r nothing
        for name in "$@"; do ip netns del "$name" 2>/dev/null; done
        exit 0
        """

    /// Makes hosts of these names, with clocks that are ahead by so many seconds.
    init(_ wanted: [(name: String, seconds: Int)]) throws {
        let stem = "fibq-\(getpid())-\(UInt16.random(in: .min ... .max))"
        let hub = "\(stem)-hub"
        hosts = wanted.enumerated().map { index, host in
            Host(
                name: host.name, seconds: host.seconds, namespace: "\(stem)-\(index)", address: "10.99.0.\(index + 2)")
        }
        self.hub = hub
        var lifeline = try Lifeline()
        remover = try ChildProcess(
            executable: ExecutableSearch.path(of: "sh"),
            arguments: ["-c", Self.removal, "sh"] + hosts.map(\.namespace) + [hub], standardInput: lifeline.childEnd)
        lifeline.closeChildEnd()
        self.lifeline = Mutex(consume lifeline)
        try Self.ip("netns", "add", hub)
        try Self.ip("-n", hub, "link", "set", "lo", "up")
        try Self.ip("-n", hub, "link", "add", "bridge", "type", "bridge")
        try Self.ip("-n", hub, "addr", "add", "\(Self.bridgeAddress)/24", "dev", "bridge")
        try Self.ip("-n", hub, "link", "set", "bridge", "up")
        for (index, host) in hosts.enumerated() { try Self.connect(host, to: hub, port: "port\(index)") }
        server = try PrivateRedisServer(
            settings: [("bind", Self.bridgeAddress)], acceptsReplicas: true,
            launcher: ["ip", "netns", "exec", hub])
        let port = try RedisConnection(to: server.endpoint).server.integer("tcp_port")
        url =
            RedisEndpoint(
                .tcp(host: Self.bridgeAddress, port: port), password: server.endpoint.password
            ).url
    }

    deinit {
        server.stop()
        lifeline.withLock { $0 = nil }
        _ = remover.wait(upTo: .seconds(10))
    }

    /// What stands before a command line that is to run beside the server, by this machine's own clock.
    var hubLauncher: [String] { ["ip", "netns", "exec", hub] }

    private static func connect(_ host: Host, to hub: String, port: String) throws {
        try ip("netns", "add", host.namespace)
        try ip("-n", host.namespace, "link", "set", "lo", "up")
        try ip("-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", host.namespace)
        try ip("-n", hub, "link", "set", port, "master", "bridge", "up")
        try ip("-n", host.namespace, "addr", "add", "\(host.address)/24", "dev", "eth0")
        try ip("-n", host.namespace, "link", "set", "eth0", "up")
    }

    /// A command that failed.
    struct Failure: Error {
        let command: [String]
        let status: ExitStatus?
    }

    private static func ip(_ arguments: String...) throws {
        let command = ["ip"] + arguments
        let status = try run(command)
        guard status == .exited(0) else { throw Failure(command: command, status: status) }
    }

    private static func run(_ command: [String]) throws -> ExitStatus? {
        try ChildProcess(
            executable: ExecutableSearch.path(of: command[0]), arguments: Array(command.dropFirst())
        ).wait(upTo: .seconds(20))
    }
}
