import Glibc

/// The file actions and attributes of one posix_spawn(3), freed by `destroy`.
@safe
struct SpawnSettings {
    private var actions = unsafe posix_spawn_file_actions_t()
    private var attributes = posix_spawnattr_t()

    /// Signals at their defaults and none blocked: what the parent ignores or blocks is its own affair.
    init(ownGroup: Bool) {
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { unsafe sigaddset(&defaults, signal) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        var blocked = sigset_t()
        unsafe sigemptyset(&blocked)
        unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
        var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        if ownGroup { flags |= POSIX_SPAWN_SETPGROUP }
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// `descriptor` becomes `target` in the child.
    mutating func redirect(_ descriptor: Int32, to target: Int32) {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, target)
    }

    /// `/dev/null` becomes `target` in the child.
    mutating func openNull(as target: Int32) {
        unsafe posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0)
    }

    /// Starts the program with the parent's environment, and returns its process id.
    mutating func start(_ executable: String, _ arguments: [String]) throws(ProcessError) -> pid_t {
        var vector: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        unsafe vector.append(nil)
        defer { unsafe vector.forEach { unsafe free($0) } }
        var processID = pid_t()
        let code = unsafe posix_spawn(&processID, executable, &actions, &attributes, vector, environ)
        guard code == 0 else { throw .notStarted(executable: executable, code: code) }
        return processID
    }

    /// Frees what the two structures own.
    mutating func destroy() {
        unsafe posix_spawn_file_actions_destroy(&actions)
        unsafe posix_spawnattr_destroy(&attributes)
    }
}
