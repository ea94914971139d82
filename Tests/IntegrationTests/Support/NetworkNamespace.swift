import Foundation
import Processes
import TestSupport

/// A network of its own for some processes, which others reach over links only that can be cut.
///
/// It has no name and is kept by a small process, which ends with this one, however that ends, and kills whatever is in it: the
/// kernel then takes it away with its links.
final class NetworkNamespace {
    /// Why there is none.
    enum Failure: Error {
        /// This command did not succeed.
        case refused(String)
    }

    private static let script = """
        read -r line
        own=$(readlink /proc/$$/ns/net)
        for process in /proc/[0-9]*; do
            id=${process#/proc/}
            if [ "$id" != $$ ] && [ "$(readlink "$process/ns/net")" = "$own" ]; then kill -KILL "$id"; fi
        done 2> /dev/null
        """

    private let keeper: ChildProcess
    private var lifeline: Lifeline

    /// False where this user may make none, or has no ip(8).
    static let arePossible: Bool = {
        do {
            let (one, other) = (try NetworkNamespace(), try NetworkNamespace())
            _ = try NetworkLink(from: one, to: other, number: 1)
            return true
        } catch {
            return false
        }
    }()

    /// Makes one with nothing but a loopback interface.
    init() throws {
        lifeline = try Lifeline()
        keeper = try ChildProcess(
            executable: ExecutableSearch.path(of: "unshare"), arguments: ["--net", "sh", "-c", Self.script],
            standardInput: lifeline.childEnd)
        lifeline.closeChildEnd()
        let outside = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        let isMade = eventually {
            keeper.poll() != nil
                || (try? FileManager.default.destinationOfSymbolicLink(atPath: file)).map { $0 != outside } ?? false
        }
        guard isMade, keeper.poll() == nil else { throw Failure.refused("unshare --net") }
        try ip("link", "set", "lo", "up")
    }

    /// What stands before the command line of a program that is to be in it.
    var launcher: [String] { ["nsenter", "--net=\(file)"] }

    /// Runs ip(8) in it.
    func ip(_ arguments: String...) throws {
        let command = try launcher + [ExecutableSearch.path(of: "ip")] + arguments
        let child = try ChildProcess(
            executable: ExecutableSearch.path(of: command[0]), arguments: Array(command.dropFirst()))
        guard child.wait(upTo: .seconds(20)) == .exited(0) else {
            throw Failure.refused(command.joined(separator: " "))
        }
    }

    /// The process that keeps it.
    fileprivate var keeperID: String { "\(keeper.processID)" }

    private var file: String { "/proc/\(keeper.processID)/ns/net" }
}

/// A cable between two networks.
final class NetworkLink {
    /// Where the first network is reached over it; there it is reached also while the cable is out.
    let address: String
    private let (first, name): (NetworkNamespace, String)

    /// Lays it; its number makes its addresses, and is to be another for each link of a network.
    init(from first: NetworkNamespace, to second: NetworkNamespace, number: Int) throws {
        (self.first, name) = (first, "link\(number)")
        address = "10.77.\(number).1"
        try first.ip("link", "add", name, "type", "veth", "peer", "name", name, "netns", second.keeperID)
        for (end, host) in [(first, 1), (second, 2)] {
            try end.ip("addr", "add", "10.78.\(number).\(host)/30", "dev", name)
            try end.ip("link", "set", name, "up")
        }
        try first.ip("addr", "add", "\(address)/32", "dev", "lo")
        try second.ip("route", "add", address, "via", "10.78.\(number).1")
    }

    /// Pulls it out at the first end: what the second one sends vanishes, and no connection breaks.
    func cut() throws { try first.ip("link", "set", name, "down") }

    /// Plugs it in again.
    func mend() throws { try first.ip("link", "set", name, "up") }
}
