import ArgumentParser
import Harness
import Workload

/// `fibq enqueue`: one task, and its result.
struct EnqueueCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enqueue", abstract: "Send one task, and print its id, or with --wait what comes of it.",
            discussion: """
                Any worker of the queue runs it: fibq enqueue fib-gmp:n=100 --wait prints F(100) in decimal, over 1,000 \
                digits as sha256:<hex>:<digits>. Other kinds print a line that says what was done.

                Exit codes: 0 done; 1 the task failed for good, and is a dead letter; 64 bad usage; 69 Redis is unreachable \
                or unfit, or there was no result in time (the task stays in the queue).
                """)
    }

    /// How long anything may be asked to last.
    private static var longest: Duration { .seconds(86_400) }

    @OptionGroup var queue: QueueOptions

    @Argument(help: "The task: KIND:parameter=value[:expect=DURATION], such as fib-gmp:n=100 or sleep:ms=5.")
    var task: String

    @Flag(help: "Allow an n that an algorithm refuses because it would take too long.")
    var force = false

    @Option(help: "What decides to which shard it goes: tasks of one key go to one. Default: the shortest one.")
    var key: String?

    @Flag(help: "Wait for the task's result, and print that.")
    var wait = false

    @Option(help: "With --wait: how long to wait. Default: 30s.")
    var timeout: DurationOption?

    @Option(help: "With --wait: how long the result stays in Redis, for others that wait for it. Default: 60s.")
    var keep: DurationOption?

    func validate() throws {
        if !wait, timeout != nil || keep != nil { throw ValidationError("--timeout and --keep go with --wait") }
        for (name, option) in [("--timeout", timeout), ("--keep", keep)] {
            guard let duration = option?.duration else { continue }
            guard duration >= .milliseconds(1), duration <= Self.longest else {
                throw ValidationError("\(name) takes 1ms to 24h")
            }
        }
    }

    func run() throws {
        let planned = try EnqueueRole.task(task, force: force)
        var role = EnqueueRole(queue: try queue.address())
        role.key = key
        if wait { role.keep = keep?.duration ?? .seconds(60) }
        let sent = try role.send(planned)
        print(wait ? try role.result(of: sent, upTo: timeout?.duration ?? .seconds(30)) : "\(sent.id)")
    }
}
