import Glibc

/// hiredis writes with write(2), so a server that went away would end the process with SIGPIPE. Ignoring the signal
/// turns that into an error which hiredis reports.
enum BrokenPipes {
    private static let ignored: Void = {
        _ = signal(SIGPIPE, SIG_IGN)
    }()

    /// Ignores SIGPIPE from now on, for the whole process. The first call does it.
    static func ignore() { ignored }
}
