import ReliableQueue
import Workload

extension MicroBenchmark {
    /// What a worker does for each task of a claim before it runs it: element and payload are decoded where they lie.
    static var taskDecoding: MicroBenchmark {
        MicroBenchmark(name: "decode-tasks-\(FibonacciTasks.count)", iterations: 500) { iterations in
            let server = try BenchmarkServer()
            let claim = try server.claim()
            for _ in 0..<iterations {
                for index in 0..<claim.count {
                    try claim.withTask(index) { task, bytes in
                        let payload = try TaskPayload.decoding(bytes).get()
                        consume(payload.sequence &+ UInt64(task?.kindIndex ?? 0))
                    }
                }
            }
        }
    }
}
