import ReliableQueue

extension MicroBenchmark {
    /// What a producer does for a batch before it is sent: each task's payload, its element, and the ids.
    static var taskEncoding: MicroBenchmark {
        MicroBenchmark(name: "encode-tasks-\(FibonacciTasks.count)", iterations: 500) { iterations in
            var tasks = FibonacciTasks()
            let first = hidden(1_000_000)
            for number in 0..<iterations {
                let encoded = tasks.fill(from: first).encoded(producer: 0x1234_5678, number: UInt32(number))
                consume(UInt64(encoded.count))
            }
        }
    }
}
