/// One operation, to be done so many times and nothing else: what counts instructions runs it with two numbers and takes the
/// difference, so that what it takes to start and to prepare does not count.
struct MicroBenchmark {
    /// What it is run by, and its row in the table: lower case, with hyphens.
    let name: String
    /// How many operations are some tens of millions of instructions: the greater of the two numbers, beside which the little
    /// that two starts differ by disappears.
    let iterations: Int
    /// Prepares, and does the operation so many times.
    let run: (_ iterations: Int) throws -> Void

    /// All of them, in the order of the table.
    static var all: [MicroBenchmark] {
        [.taskEncoding, .taskDecoding, .journalAttempt, .histogramRecord, .replyDecoding] + fibonacciAlgorithms
    }
}
