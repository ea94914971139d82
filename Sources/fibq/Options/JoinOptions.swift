import ArgumentParser
import Harness

/// How a process joins a run on several hosts: what `worker`, `load`, `monitor` and `sink` share.
struct JoinOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Join the run that `fibq run … --gather NAME` gathers at the same server.",
            discussion:
                "The run says all else: of the other options only --redis, --name, --journals, --wait and a sink's --address "
                + "go with it.", valueName: "name"))
    var join: String?

    @Option(help: "With --join: how long to wait for the run to be gathered. Default: 60s.")
    var wait: DurationOption?

    private static let others: Set = ["--join", "--wait", "--redis", "--name", "--journals", "--address"]

    func validate() throws {
        guard join != nil else {
            if wait != nil { throw ValidationError("--wait goes with --join") }
            return
        }
        let given = CommandLine.arguments.dropFirst().filter { $0.hasPrefix("--") }.map { $0.prefix { $0 != "=" } }
        if let idle = given.first(where: { !Self.others.contains(String($0)) }) {
            throw ValidationError("the run that is joined says what \(idle) would: leave it out")
        }
    }

    /// Joins a run, if that is what was asked for; false when it was not.
    func carryOut(
        as role: PartRole, redis: String?, name: String?, journals: String?, address: String? = nil
    ) throws(HarnessError) -> Bool {
        guard let join else { return false }
        let signals = TerminationSignals()
        var part = JoinRole(
            run: join, role: role, endpoint: try .given(redis),
            name: name ?? JournalOptions.randomName(of: role.rawValue), folder: try JournalOptions.made(journals ?? ".")
        )
        if let wait { part.patience = wait.duration }
        part.address = address
        try part.run(until: signals)
        return true
    }
}
