import Redis

extension MicroBenchmark {
    /// The reply to a command is read and decoded: an array of as many bytes as a claim brings. The command is part of it.
    static var replyDecoding: MicroBenchmark {
        let name = "decode-reply-\(FibonacciTasks.count)x\(FibonacciTasks.elementBytes)"
        return MicroBenchmark(name: name, iterations: 1_000) { iterations in
            let server = try BenchmarkServer()
            let connection = try server.connect()
            let element = String(repeating: "x", count: FibonacciTasks.elementBytes)
            connection.append("RPUSH", ["list"] + Array(repeating: element, count: FibonacciTasks.count))
            _ = try connection.receive()
            for _ in 0..<iterations {
                let reply = try connection.call("LRANGE", "list", "0", "-1")
                consume(UInt64(try reply.nodesOfBytes(from: 0).count))
            }
        }
    }
}
