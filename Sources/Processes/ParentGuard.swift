import Foundation
import Glibc

/// Closes the gap that a parent-death signal leaves: a parent that is killed after it has started a child, and before the child
/// has asked for that signal, is outlived by it.
///
/// The child is told who its parent is, and looks once it has asked for the signal: it has another parent by then, or will get
/// the signal.
package enum ParentGuard {
    private static let variable = "FIBQ_PARENT"

    /// What stands before the command line of a child that this process starts: a program and its argument, which execs what
    /// follows.
    package static func launcher() throws(ProcessError) -> [String] {
        [try ExecutableSearch.path(of: "env"), "\(variable)=\(getpid())"]
    }

    /// True when the parent that this process was told of has gone; false for one that was told of none.
    package static var isOrphan: Bool {
        guard let parent = ProcessInfo.processInfo.environment[variable] else { return false }
        return pid_t(parent) != getppid()
    }
}
