import ArgumentParser
import Fibonacci
import Harness

/// `fibq fib`: one Fibonacci number.
struct FibCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fib", abstract: "Print a Fibonacci number in decimal.",
            discussion: "A negative index goes behind two hyphens: fibq fib -- -8\n\nAlgorithms:\n"
                + AlgorithmRegistry.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
    }

    @Argument(help: "The index; below 0 for exact algorithms only.")
    var n: Int

    @Option(help: "How to compute it.")
    var algorithm = "gmp"

    @Option(help: "Size of the significand in bits, 2 or more (binet-mpfr).")
    var precision: String?

    @Option(help: "Rounding mode (binet-mpfr): nearest, zero, up, down or away.")
    var rounding: String?

    @Flag(help: "Allow an n that the algorithm refuses because it would take too long.")
    var force = false

    func run() throws {
        print(
            try SingleNumber.decimal(
                at: n, algorithm: algorithm, precision: precision, rounding: rounding, force: force))
    }
}
