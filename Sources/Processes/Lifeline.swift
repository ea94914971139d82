import Glibc
import Synchronization

/// Keeps a pipe that is being made from leaking into a child that another thread starts at that moment.
let spawnLock = Mutex(())

/// A pipe whose main purpose is to break: the child reads its end and learns that the parent has gone, however it
/// went, since the kernel closes the other end with the process. Until then the parent can say things over it.
///
/// (A parent-death signal would not do: it follows the *thread* that started the child.)
package struct Lifeline: ~Copyable {
    /// What the child reads: hand it over as its standard input, then call ``closeChildEnd()``.
    package let childEnd: Int32
    private let parentEnd: Int32
    private var isChildEndOpen = true

    /// Makes the pipe. Neither end passes to a child by accident.
    package init() throws(ProcessError) {
        var ends: [Int32] = [-1, -1]
        let code = spawnLock.withLock { _ in
            guard unsafe pipe(&ends) == 0 else { return errno }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return 0
        }
        guard code == 0 else { throw .notStarted(executable: "pipe", code: code) }
        (childEnd, parentEnd) = (ends[0], ends[1])
    }

    deinit {
        if isChildEndOpen { close(childEnd) }
        close(parentEnd)
    }

    /// Closes the parent's copy of the child's end, once the child has its own.
    package mutating func closeChildEnd() {
        if isChildEndOpen { close(childEnd) }
        isChildEndOpen = false
    }

    /// Says a line to the child; false when it can't be said, because the child is gone.
    ///
    /// The line must be shorter than 4,096 bytes, so that it is written whole or not at all. SIGPIPE must be ignored.
    package func say(_ line: String) -> Bool {
        var line = line + "\n"
        return line.withUTF8 { utf8 in
            precondition(utf8.count <= 4_096, "the line is too long")
            while true {
                let written = unsafe write(parentEnd, utf8.baseAddress, utf8.count)
                if written >= 0 || errno != EINTR { return written == utf8.count }
            }
        }
    }
}
