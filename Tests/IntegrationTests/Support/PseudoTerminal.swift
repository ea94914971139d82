import Foundation
import Glibc
import Processes
import TestSupport

/// `fibq` on a terminal: a pseudo-terminal (pty(7)) whose other side is the test, which types, resizes it and reads what is
/// shown.
final class PseudoTerminal {
    /// Why a test can't go on.
    enum Failure: Error {
        /// The kernel gives no terminal.
        case none(code: Int32)
    }

    private let keyboard: Int32
    private let screen: Int32
    private let process: ChildProcess
    private var read: [UInt8] = []
    /// The terminal's modes before the program was started.
    let modesBefore: [UInt32]

    /// Starts `fibq` with `arguments` on a terminal of this size, as the leader of its session; its standard input is empty where
    /// it has no keyboard.
    init(
        _ arguments: [String], in folder: String, columns: UInt16 = 80, rows: UInt16 = 24, hasKeyboard: Bool = true,
        environment: [String] = ["NO_COLOR=1"]
    ) throws {
        var (keyboard, screen): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard unsafe openpty(&keyboard, &screen, nil, nil, &size) == 0 else { throw Failure.none(code: errno) }
        for side in [keyboard, screen] { _ = fcntl(side, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(keyboard, F_SETFL, O_NONBLOCK)
        (self.keyboard, self.screen) = (keyboard, screen)
        modesBefore = Self.modes(of: screen)
        let empty = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(empty) }
        // setsid(1) and env(1) exec, so the process that is started becomes fibq itself.
        process = try ChildProcess(
            executable: ExecutableSearch.path(of: "setsid"),
            arguments: (hasKeyboard ? ["--ctty"] : []) + ["env", "--chdir", folder, "TMPDIR=\(folder)"] + environment
                + [FibqProgram.path] + arguments,
            standardInput: hasKeyboard ? screen : empty, standardOutput: screen, standardError: screen, ownGroup: false)
    }

    deinit {
        process.send(signal: SIGKILL)
        _ = process.wait(upTo: .seconds(10))
        close(keyboard)
        close(screen)
    }

    /// All that was ever shown, with what the terminal obeys.
    var shown: String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(keyboard, &buffer, buffer.count)
            guard count > 0 else { break }
            read.append(contentsOf: buffer[..<count])
        }
        return String(decoding: read, as: UTF8.self)
    }

    /// The lines of what was drawn last, whole.
    var lines: [String] {
        let text = shown
        guard let end = text.range(of: "\u{1B}[?2026l", options: .backwards),
            let start = text[..<end.lowerBound].range(of: "\u{1B}[H", options: .backwards)
        else { return [] }
        return text[start.upperBound..<end.lowerBound].components(separatedBy: "\r\n")
            .filter { $0 != "\u{1B}[J" }
            // The terminal itself adds a carriage return to each line feed (ONLCR).
            .map { $0.replacingOccurrences(of: "\u{1B}[K", with: "").replacingOccurrences(of: "\r", with: "") }
    }

    /// Waits until the lines that are shown are so.
    func awaitLines(within limit: Duration = .seconds(20), _ condition: ([String]) -> Bool) -> Bool {
        eventually(within: limit) { condition(lines) }
    }

    /// Types something.
    func type(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = unsafe write(keyboard, bytes.baseAddress, bytes.count) }
    }

    /// Makes it another size.
    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(keyboard, UInt(TIOCSWINSZ), &size)
    }

    /// Sends the program a signal.
    func send(signal: Int32) { process.send(signal: signal) }

    /// Fills it until it takes nothing more: its other side reads nothing, from now on.
    func stall() {
        // Opened anew, since the program has the other one.
        let filler = unsafe open("/proc/self/fd/\(screen)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        defer { close(filler) }
        while unsafe write(filler, "x", 1) == 1 {}
    }

    /// Waits for the program's end, and reads nothing meanwhile.
    func endUnread() -> ExitStatus? {
        _ = eventually(within: .seconds(30)) { process.poll() != nil }
        return process.poll()
    }

    /// Waits for the program's end.
    func end() -> ExitStatus? {
        // What nobody reads would hold the program up.
        _ = eventually(within: .seconds(30)) {
            _ = shown
            return process.poll() != nil
        }
        return process.poll()
    }

    /// The terminal's modes: input, output, control and local ones, and the keys.
    var modes: [UInt32] { Self.modes(of: screen) }

    private static func modes(of terminal: Int32) -> [UInt32] {
        var modes = termios()
        guard unsafe tcgetattr(terminal, &modes) == 0 else { return [] }
        let keys = unsafe withUnsafeBytes(of: &modes.c_cc) { unsafe $0.map(UInt32.init) }
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + keys
    }
}
