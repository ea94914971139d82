import Foundation
import Glibc
import Reporting
import Synchronization

/// The whole of a terminal, for as long as a live view runs: the alternate screen, without a cursor, without echo.
///
/// ``leave()`` puts everything back as it was, from any thread: whoever enters must see that it is called on every way out.
/// Keys that would stop or end the process where it stands (Ctrl-Z, Ctrl-\), or freeze its output (Ctrl-S), do nothing
/// meanwhile; Ctrl-C is a SIGINT as ever. A terminal that takes nothing any more keeps nobody from ending.
final class TerminalScreen: Sendable {
    /// The alternate screen, without a cursor; lines that are too long are cut by the terminal, too.
    private static let entering = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
    private static let leaving = "\u{1B}[0m\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"
    /// What a terminal that does not say is taken for.
    private static let usual = (width: 80, height: 24)
    /// How long one that takes nothing is waited for when it is given back.
    private static let patience = Duration.milliseconds(500)

    private let output = TerminalOutput()
    /// What is to be put back; `nil` where nothing is.
    private let before = Mutex<Before?>(nil)

    private struct Before: Sendable {
        /// The modes of the keyboard; `nil` when standard input is no terminal.
        var modes: termios?
    }

    /// True when standard output is a terminal that obeys.
    static var isThere: Bool {
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Takes the terminal over.
    func enter() {
        before.withLock { before in
            guard before == nil else { return }
            var modes = termios()
            let hasKeyboard = unsafe tcgetattr(STDIN_FILENO, &modes) == 0
            before = Before(modes: hasKeyboard ? modes : nil)
            if hasKeyboard {
                var raw = Self.raw(modes)
                unsafe tcsetattr(STDIN_FILENO, TCSANOW, &raw)
            }
            writePatiently(Self.entering)
        }
    }

    deinit { leave() }

    /// Gives the terminal back. Later calls do nothing.
    func leave() { before.withLock { restore(&$0) } }

    /// Gives it back, too, unless it is being written to and does not end that soon.
    func leaveAtOnce() {
        let end = ContinuousClock.now + Self.patience
        while before.withLockIfAvailable({ restore(&$0) }) == nil, ContinuousClock.now < end { usleep(10_000) }
    }

    private func restore(_ before: inout Before?) {
        guard let found = before else { return }
        before = nil
        if var modes = found.modes {
            // A process in the background would be stopped in the middle of this.
            _ = signal(SIGTTOU, SIG_IGN)
            unsafe tcsetattr(STDIN_FILENO, TCSANOW, &modes)
        }
        writePatiently(Self.leaving)
    }

    /// True when keys are typed into it: it was entered, and standard input is a terminal.
    var hasKeyboard: Bool { before.withLock { $0?.modes != nil } }

    /// Its size now, in columns and rows.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return Self.usual
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Shows these lines, of which it has as many rows at least, and nothing else.
    ///
    /// Each line is erased before it is written: behind one that fills its row the cursor is still on the last column. The whole
    /// goes between the marks of a synchronized update (DEC mode 2026), which terminals that don't know them pass over.
    ///
    /// - Parameter isWanted: asked while the terminal has no room. A key that waits to be read ends the drawing, too.
    /// - Returns: false when it was given up before its end.
    func draw(_ lines: [StyledLine], isStyled: Bool, while isWanted: () -> Bool) -> Bool {
        let text = lines.map { "\u{1B}[K" + (isStyled ? $0.rendered : $0.text) }.joined(separator: "\r\n")
        let rest = lines.count < size.height ? "\r\n\u{1B}[J" : ""
        return before.withLock { before in
            guard let before else { return true }
            return output.write("\u{1B}[?2026h\u{1B}[H" + text + rest + "\u{1B}[?2026l") {
                isWanted() && !(before.modes != nil && Self.isReadable(within: 0))
            }
        }
    }

    /// What waiting for a key brought.
    enum Input: Equatable, Sendable {
        /// This byte.
        case byte(UInt8)
        /// Nothing, in the time given.
        case nothing
        /// Nothing ever again: the terminal is gone.
        case end
    }

    /// Waits for a key, at most so long.
    func input(upTo limit: Duration) -> Input {
        let milliseconds = Int32(clamping: Int(limit / .milliseconds(1)))
        guard hasKeyboard else {
            usleep(UInt32(milliseconds) * 1_000)
            return .nothing
        }
        guard Self.isReadable(within: milliseconds) else { return .nothing }
        var byte: UInt8 = 0
        let count = unsafe read(STDIN_FILENO, &byte, 1)
        if count == 1 { return .byte(byte) }
        return count < 0 && (errno == EINTR || errno == EAGAIN) ? .nothing : .end
    }

    private static func isReadable(within milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&watched, 1, milliseconds) > 0
    }

    /// Bytes as they are typed, without echo.
    private static func raw(_ modes: termios) -> termios {
        var raw = modes
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        raw.c_iflag &= ~tcflag_t(IXON)
        unsafe withUnsafeMutableBytes(of: &raw.c_cc) { keys in
            unsafe keys[Int(VMIN)] = 1
            unsafe keys[Int(VTIME)] = 0
            // 0 is no key (_POSIX_VDISABLE).
            for key in [VSUSP, VQUIT] { unsafe keys[Int(key)] = 0 }
        }
        return raw
    }

    private func writePatiently(_ text: String) {
        let end = ContinuousClock.now + Self.patience
        output.write(text) { ContinuousClock.now < end }
    }
}
