import ArgumentParser
import Foundation
import Harness

/// `fibq place`: a bare client of a sink, to hold a worker against, or to see what a sink can take.
struct PlaceCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "place",
            abstract: "Place messages with a sink without a queue: how fast, and for how much CPU?",
            discussion: "One line of CSV goes to standard output: messages,seconds,per_s,cpu_us_per_message.")
    }

    @OptionGroup var sink: SinkOptions

    @Option(help: "How many messages.")
    var messages = 10_000

    @Option(help: "How many at a time.")
    var inFlight = 64

    @Option(help: "How many go in one call, as a stream; those count as one at a time.")
    var batch = 1

    @Option(help: "The length of each, in bytes.")
    var bytes = 256

    func validate() throws {
        guard sink.sink != nil else { throw ValidationError("say --sink: where the messages go") }
        guard (1...100_000_000).contains(messages) else { throw ValidationError("--messages takes 1 to 100000000") }
        guard (1...10_000).contains(inFlight) else { throw ValidationError("--in-flight takes 1 to 10000") }
        guard (1...10_000).contains(batch) else { throw ValidationError("--batch takes 1 to 10000") }
        guard (0...1_048_576).contains(bytes) else { throw ValidationError("--bytes takes 0 to 1048576") }
    }

    func run() throws {
        let signals = TerminationSignals()
        guard let sink = try sink.given() else { return }
        var role = PlaceRole(sink: sink, messages: messages, inFlight: inFlight, bytes: bytes)
        role.batch = batch
        let report = try role.run(until: signals.stop)
        let rate = report.seconds > 0 ? Double(report.placed) / report.seconds : 0
        let cost = report.placed > 0 ? report.cpuSeconds * 1e6 / Double(report.placed) : 0
        print("messages,seconds,per_s,cpu_us_per_message")
        print(
            [Double(report.placed), report.seconds, rate, cost].enumerated()
                .map { String(format: $0.offset == 0 ? "%.0f" : "%.3f", $0.element) }.joined(separator: ","))
        if let problem = report.problem { throw HarnessError.run("not all were placed: \(problem)") }
        if signals.wasInterrupted { throw ExitCode(130) }
    }
}
