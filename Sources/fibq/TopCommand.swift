import ArgumentParser
import Harness

/// `fibq top`: a live view of a queue.
struct TopCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "top", abstract: "Watch a queue at work, until q or Ctrl-C.",
            discussion: """
                A screen on a terminal, a line each interval elsewhere. It changes nothing in Redis, and looks at so much of \
                a queue at most, however large that is. lease and stream count the tasks that come and that are handed out; what \
                is done follows from how the queue grows. lock is judged by the server's LREM commands, and of pop nobody knows \
                while somebody enqueues. ≈ marks what is concluded from less than counts, and – what is not known; --run says \
                what a run's journals count.
                """)
    }

    @OptionGroup var queue: QueueOptions

    @Option(help: "How often to look, 100ms at least.")
    var every = DurationOption(.seconds(1))

    @Option(
        name: .customLong("run"),
        help: "The folder of a run, or of its journals, on this machine: what ended, how soon, and its CPU credits.")
    var runFolder: String?

    @Flag(help: "Print one page, of two looks, and end.")
    var once = false

    func validate() throws {
        guard (Duration.milliseconds(100)...Duration.seconds(3_600)).contains(every.duration) else {
            throw ValidationError("--every takes 100ms to 3600s")
        }
    }

    func run() throws {
        let signals = TerminationSignals()
        var role = TopRole(queue: try queue.address(), every: every.duration)
        role.runFolder = runFolder
        if once { try role.printOnce(until: signals.stop) } else { try role.run(until: signals) }
    }
}
