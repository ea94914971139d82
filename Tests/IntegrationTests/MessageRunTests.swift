import Glibc
import Measurement
import Redis
import TestSupport
import Testing

/// Runs whose tasks place messages: each message is there once, whatever happens to workers, sink and queue.
@Suite struct MessageRunTests {
    /// What must hold of every such run that ends well.
    private func expectEachPlacedOnce(
        _ run: RunUnderTest, tasks: Int, messages: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let summary = try run.summary()
        #expect(try summary.count("acked") == tasks, sourceLocation: sourceLocation)
        #expect(try summary.count("messages_placed") == messages, sourceLocation: sourceLocation)
        for column in ["lost", "dead", "left_in_redis", "unexpected", "messages_placed_twice", "messages_missing"] {
            #expect(try summary.count(column) == 0, "\(column)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ["lease", "lock", "stream"]) func eachMessageIsPlacedOnce(protocolName: String) throws {
        let run = try RunUnderTest.finished([
            "--protocol", protocolName, "--tasks", "1000", "--mix", "message,fib-iterative:n=90,sleep:ms=1:weight=0.2",
            "--slots", "16",
        ])
        let io = try run.table("io.csv").filter { $0["role"] == "worker" }
        let message = try #require(io.first { $0["task_kind"] == "message" })
        let latencies = try run.table("latency.csv")
        let messages = try #require(
            latencies.first { $0["task_kind"] == "message" && $0["latency_kind"] == "service" }
        ).count("count")
        try expectEachPlacedOnce(run, tasks: 1_000, messages: messages)
        // A monitor that looks between a move and its lock makes `lock` run a task twice, without any fault; its message
        // is there once all the same.
        let attempts = try message.count("tasks")
        #expect(protocolName == "lock" ? attempts >= messages : attempts == messages)
        #expect(try run.summary().count("messages_repeated") == attempts - messages)
        #expect(try message.count("grpc_calls") == attempts)
        // The body has 256 bytes; what names the task and its claim has some more.
        let bytes = try message.number("grpc_bytes_out") / Double(attempts)
        #expect((256...320).contains(bytes))
        #expect(try message.count("grpc_bytes_in") >= attempts * 2)
        #expect(try io.filter { $0["task_kind"] != "message" }.allSatisfy { try $0.count("grpc_calls") == 0 })
        let sink = try run.table("sink.csv")
        #expect(try sink.reduce(0) { try $0 + $1.count("placed") } == messages)
        #expect(try sink.reduce(0) { try $0 + $1.count("received_bytes") } == attempts * 256)
    }

    /// A sink that takes its time, and sixteen placements at once in one worker: what they cost adds up.
    @Test func whatTasksCostAddsUp() throws {
        let run = try RunUnderTest.finished([
            "--tasks", "300", "--mix", "message,fib-recursive:n=24", "--slots", "16", "--workers", "1",
            "--sink-delay", "20",
        ])
        for row in try run.table("io.csv") where row["role"] == "worker" {
            let wall = try row.number("wall_s")
            let parts = try ["cpu_s", "io_wait_s", "other_wait_s", "residual_s"].map { try row.number($0) }
            #expect(abs(wall - parts.reduce(0, +)) < 1e-4, "\(row["task_kind"])")
            #expect(parts.allSatisfy { $0 > -0.1 * wall }, "\(row["task_kind"]): \(parts) of \(wall)")
        }
        let message = try #require(run.table("io.csv").first { $0["task_kind"] == "message" })
        #expect(try message.number("io_share") > 0.5)
        #expect(try message.number("suggested_concurrency") > 2)
        #expect(try message.number("wall_s") / message.number("tasks") > 0.020)
    }

    /// Workers are killed, and the sink fails some calls, half of them after it has placed the message.
    @Test func nothingIsLostAndNothingPlacedTwice() throws {
        let run = try RunUnderTest([
            "--tasks", "3000", "--mix", "message", "--slots", "16", "--lease", "300ms", "--monitor-interval", "100ms",
            "--sink-delay", "lognormal(20,0.5)", "--sink-fail", "0.05", "--sink-drop", "0.002",
        ])
        for death in 1...3 {
            try run.awaitAttempts(500 * death)
            try run.killWorkerAtWork()
        }
        _ = try run.end()
        try expectEachPlacedOnce(run, tasks: 3_000, messages: 3_000)
        let summary = try run.summary()
        #expect(try summary.count("worker_deaths") == 3)
        #expect(try summary.count("messages_repeated") > 0)
        let sink = try run.table("sink.csv")
        #expect(try sink.reduce(0) { try $0 + $1.count("failed") } > 0)
    }

    /// A worker that slept through its lease has its placements refused by the sink, and its acks by the queue.
    ///
    /// Its messages are with the sink, which takes its time, when it is halted; the other worker has slots to spare, takes
    /// over, and is heard of by the sink before the first placements are due. What slept meanwhile is acked too late.
    @Test func aWorkerThatSleptIsRefused() throws {
        let run = try RunUnderTest([
            "--tasks", "30", "--mix", "message,sleep:ms=4000", "--slots", "32", "--lease", "200ms",
            "--monitor-interval", "50ms", "--sink-delay", "4000",
        ])
        try run.awaitAttempts(30)
        #expect(eventually { run.requestsAtSink > 0 && run.requestsAtSink == run.attempts(atKind: "message") })
        let worker = try run.haltWorker(withKindsInHand: ["message", "sleep"])
        // Some of both are somebody else's by the time that it goes on. (What nobody took yet it may renew.)
        #expect(
            eventually {
                ["message", "sleep"].allSatisfy { run.attempts(atKind: $0, repeatedOnly: true) > 0 }
            })
        kill(worker, SIGCONT)
        _ = try run.end()
        let summary = try run.summary()
        #expect(try summary.count("acked") == 30)
        for column in ["lost", "left_in_redis", "messages_placed_twice", "messages_missing"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
        #expect(try summary.count("messages_refused") > 0)
        #expect(try summary.count("stale_acks") > 0)
    }

    /// The run's sink dies and is started again on what its ledger has.
    @Test func theSinkMayDie() throws {
        let run = try RunUnderTest([
            "--tasks", "1500", "--mix", "message", "--slots", "8", "--sink-delay", "5",
        ])
        for death in 1...2 {
            try run.awaitAttempts(400 * death)
            let sinks = ProcessTable.children(of: run.program.processID, role: "sink")
            #expect(sinks.count == 1)
            for sink in sinks { kill(sink, SIGKILL) }
        }
        let ending = try run.end()
        try expectEachPlacedOnce(run, tasks: 1_500, messages: 1_500)
        #expect(ending.errorLines.count { $0.contains("the sink was ended by signal 9; started again") } == 2)
    }

    /// Two workers say that the sink is gone, and that it is back: once each, and not for every task.
    @Test func anAbsentSinkIsOneLineAWorker() throws {
        let temporary = try TemporaryFolder()
        let address = "unix://\(temporary.path(of: "s"))"
        let run = try RunUnderTest(
            ["--tasks", "400", "--mix", "message", "--slots", "8", "--sink", address], in: temporary)
        #expect(
            eventually {
                run.program.printedErrors.split(separator: "\n").count { $0.contains("cannot be reached") } >= 2
            })
        let sink = try FibqProgram(["sink", "--address", address], in: temporary.path)
        let ending = try run.end()
        for words in ["cannot be reached", "answers again"] {
            #expect(ending.errorLines.count { $0.contains(words) } == 2, "\(ending.errors)")
        }
        #expect(try run.summary().count("acked") == 400)
        #expect(try run.summary()["messages_placed"] == "")
        sink.send(signal: SIGTERM)
        let stopped = try sink.end()
        #expect(stopped.exitCode == 0)
        #expect(stopped.errors == "fibq: listening on \(address)\n")
    }

    /// A sink that speaks TLS, and callers that trust it or don't.
    @Test func messagesGoOverTLS() throws {
        let temporary = try TemporaryFolder()
        let address = "unix://\(temporary.path(of: "s"))"
        let sink = try FibqProgram(
            ["sink", "--address", address, "--certificate", TestCertificates.sink, "--key", TestCertificates.sinkKey],
            in: temporary.path)
        #expect(eventually { sink.printedErrors.contains("listening") })
        let run = try RunUnderTest(
            ["--tasks", "50", "--mix", "message", "--sink", address, "--sink-ca", TestCertificates.root], in: temporary)
        _ = try run.end()
        #expect(try run.summary().count("acked") == 50)
        let place = ["place", "--sink", address, "--messages", "20", "--batch", "8"]
        let trusting = try FibqProgram.run(place + ["--sink-ca", TestCertificates.root], in: temporary.path)
        #expect(trusting.exitCode == 0 && trusting.output.contains("\n20,"), "\(trusting.errors)")
        let others = try FibqProgram.run(place + ["--sink-ca", TestCertificates.otherRoot], in: temporary.path)
        #expect(others.exitCode == 1 && others.errors.lowercased().contains("certificate"), "\(others.errors)")
        sink.send(signal: SIGTERM)
        #expect(try sink.end().exitCode == 0)
    }

    /// Placements that never succeed end as dead letters, with the status as their reason.
    @Test func dyingMessagesSayWhy() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker(
            "alone", "--slots", "4", "--sink", "unix://\(terminals.folder.path(of: "nobody"))")
        _ = try terminals.load("--tasks", "3", "--mix", "message:bytes=10")
        #expect(
            try eventually(within: .seconds(60)) {
                try terminals.connection.call("LLEN", "{fibq}:dead").integer() == 3
            })
        let reasons = try terminals.connection.call("HVALS", "{fibq}:reasons")
        for index in 0..<reasons.count { #expect(try reasons.text(at: index).hasPrefix("UNAVAILABLE: ")) }
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    /// A worker without a sink leaves messages to those that have one.
    @Test func aWorkerWithoutASinkFailsThem() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone")
        _ = try terminals.load("--tasks", "1", "--mix", "message")
        #expect(eventually { terminals.attempts(of: "alone").contains { $0.outcome == .failed } })
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
    }

    /// Long computing on every core, short leases, and messages beside it: no lease is lost, nobody starves.
    @Test func computingAndPlacingDoNotStarveEachOther() throws {
        let run = try RunUnderTest.finished([
            "--arrival", "constant:80", "--duration", "4s", "--mix", "message:weight=3,fib-recursive:n=36", "--slots",
            "32",
            "--lease", "300ms",
        ])
        let summary = try run.summary()
        #expect(try summary.count("acked") == summary.count("sent"))
        for column in ["stale_acks", "duplicated", "lost", "messages_repeated"] {
            #expect(try summary.count(column) == 0, "\(column)")
        }
    }
}
