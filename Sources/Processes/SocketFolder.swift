import Foundation
import Glibc
import Synchronization

/// A folder of one's own for a unix socket, in the folder for temporary files. It goes with its last reference, and also
/// when this process is killed: a small shell at a ``Lifeline`` removes it then.
package final class SocketFolder: Sendable {
    /// Where it is.
    package let path: String
    private let remover: ChildProcess
    private let lifeline: Mutex<Lifeline?>

    /// Signals to a whole terminal must not end the shell before its time.
    private static let script = """
        trap '' INT TERM HUP
        read -r nothing
        rm -rf "$1"
        """

    /// Makes one, and starts what removes it.
    ///
    /// - Parameter name: how the folder's name begins.
    package init(_ name: String) throws(ProcessError) {
        path = try Self.make(name)
        do throws(ProcessError) {
            var lifeline = try Lifeline()
            remover = try ChildProcess(
                executable: ExecutableSearch.path(of: "sh"), arguments: ["-c", Self.script, name, path],
                standardInput: lifeline.childEnd)
            lifeline.closeChildEnd()
            self.lifeline = Mutex(consume lifeline)
        } catch {
            unsafe rmdir(path)
            throw error
        }
    }

    /// Removes it.
    deinit {
        lifeline.withLock { $0 = nil }
        _ = remover.wait(upTo: .seconds(10))
    }

    /// Makes one that its caller removes, which only this user may enter. A socket's path may have 107 bytes; where the
    /// folder for temporary files lies too deep, it is in `/tmp`.
    ///
    /// - Parameter name: how the folder's name begins.
    package static func make(_ name: String) throws(ProcessError) -> String {
        let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let base = parent.utf8.count > 70 ? "/tmp" : parent
        var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw .noFolder(in: base, code: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
