import ArgumentParser
import Fibonacci
import Harness

/// `fibq fib`: one Fibonacci number.
struct FibCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fib", abstract: "Print a Fibonacci number in decimal.",
            discussion: "Algorithms:\n"
                + AlgorithmRegistry.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
    }

    @Argument(help: "The index, 0 or more.")
    var n: Int

    @Option(help: "How to compute it.")
    var algorithm = "gmp"

    @Flag(help: "Allow an n that the algorithm refuses because it would take too long.")
    var force = false

    func run() throws {
        do throws(FibonacciError) {
            let algorithm = try AlgorithmRegistry.algorithm(named: algorithm)
            try algorithm.check(n, force: force)
            print(try algorithm.value(at: n).decimal())
        } catch {
            throw HarnessError.usage("\(error)")
        }
    }
}
