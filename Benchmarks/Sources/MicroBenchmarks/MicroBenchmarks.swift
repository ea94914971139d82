import Foundation

/// Lists the operations, or does one of them a number of times.
@main
enum MicroBenchmarks {
    private static let usage = "usage: MicroBenchmarks list | MicroBenchmarks run NAME ITERATIONS"

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.count) {
        case ("list", 1):
            for benchmark in MicroBenchmark.all { print(benchmark.name, benchmark.iterations) }
        case ("run", 3):
            let name = arguments[2]
            guard let benchmark = MicroBenchmark.all.first(where: { $0.name == name }) else {
                fail("there is no benchmark \(name): MicroBenchmarks list says which there are")
            }
            guard let iterations = Int(arguments[3]), iterations >= 0 else { fail(usage) }
            try benchmark.run(iterations)
        default:
            fail(usage)
        }
    }

    /// Ends the program as one that was called wrongly.
    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data("\(message)\n".utf8))
        exit(64)
    }
}
