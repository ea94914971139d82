import Glibc

/// Writes to a terminal, and waits for one that takes nothing only as long as somebody wants it to.
///
/// The terminal is opened anew for that, since whoever shares standard output (the shell, too) would find it changed. Where that
/// is refused, as on another user's terminal, standard output is written to, and waits without asking.
final class TerminalOutput: Sendable {
    /// How long one without room is left alone, in microseconds. (That it has some does not mean that a line break fits.)
    private static let pause: UInt32 = 20_000

    private let own: Int32

    /// The terminal that is standard output.
    init() { own = unsafe open("/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }

    deinit { if own >= 0 { close(own) } }

    /// Writes all of it.
    ///
    /// - Parameter isWanted: asked each time that the terminal has no room.
    /// - Returns: false when it was given up before its end. A terminal that is gone is nobody's to tell.
    @discardableResult
    func write(_ text: String, while isWanted: () -> Bool) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = unsafe Glibc.write(
                    own >= 0 ? own : STDOUT_FILENO, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count > 0 {
                    done += count
                } else if errno == EAGAIN {
                    guard isWanted() else { return false }
                    usleep(Self.pause)
                } else if errno != EINTR {
                    return true
                }
            }
            return true
        }
    }
}
