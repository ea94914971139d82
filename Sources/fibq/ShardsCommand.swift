import ArgumentParser
import Harness
import Reporting

/// `fibq shards`: over how many lists, on how many servers, a queue is spread.
struct ShardsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "shards", abstract: "Show a queue's shards, open more of them, or close some.",
            discussion: """
                A queue has one shard until more are opened: NAME, then NAME/1, NAME/2 and so on, each a whole queue with keys \
                of its own, in a Cluster on a node of its own. Nothing is moved: producers spread new tasks over the open ones, \
                and workers serve those that were closed as well, until they are retired. Everybody hears of it within a second.
                """)
    }

    @OptionGroup var queue: QueueOptions

    @Option(help: "Open so many to producers, 1 to 256; those beyond are closed, and still served.")
    var open: Int?

    @Flag(help: "Let workers leave the closed ones when they start anew: they must be empty, and closed for a minute.")
    var retire = false

    func validate() throws {
        guard open == nil || !retire else { throw ValidationError("say --open or --retire, one after the other") }
    }

    func run() throws {
        let role = ShardsRole(queue: try queue.address())
        if let open { try role.open(open) }
        if retire { try role.retire() }
        print(try role.table().render(), terminator: "")
    }
}
