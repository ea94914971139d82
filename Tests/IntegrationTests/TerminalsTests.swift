import Glibc
import Measurement
import Redis
import TestSupport
import Testing

/// Worker, load and monitor, each started by itself against one server.
@Suite struct TerminalsTests {
    @Test func threeTerminalsDoTheJobOfARun() throws {
        let terminals = try Terminals()
        let worker = try terminals.startWorker("alone")
        let monitor = try terminals.start("monitor")
        let load = try terminals.load("--tasks", "1000", "--mix", "fib-iterative:n=1..93", "--name", "sender")
        #expect(load.exitCode == 0, "\(load.errors)")
        #expect(eventually { terminals.attempts(of: "alone").filter { $0.finished != 0 }.count == 1_000 })
        for part in [worker, monitor] {
            part.send(signal: SIGTERM)
            let ending = try part.end()
            #expect(ending.exitCode == 0, "\(ending.errors)")
            #expect(ending.errors == "")
        }
        let sequences = Set(terminals.attempts(of: "alone").map(\.sequence))
        #expect(sequences == Set(0..<1_000))
    }

    /// A generator that is told to stop has done what it was asked for, and ends with 0.
    @Test(arguments: [SIGTERM, SIGINT]) func loadStopsWhenTold(signal: Int32) throws {
        let terminals = try Terminals()
        let load = try terminals.start("load", "--arrival", "constant:100", "--duration", "60s")
        #expect(try eventually { try terminals.connection.call("EXISTS", "{fibq}:pending").integer() == 1 })
        load.send(signal: signal)
        let ending = try load.end()
        #expect(ending.exitCode == 0, "\(ending.errors)")
    }

    /// The worker has no monitor of its own, and dies: the monitor in the third terminal takes the task back, says so,
    /// and the other worker gets it although it was asleep.
    @Test func theMonitorTakesBackWhatAKilledWorkerHeld() throws {
        let terminals = try Terminals()
        let monitor = try terminals.start("monitor", "--interval", "50ms")
        let victim = try terminals.startWorker("victim", "--lease", "300ms", "--no-monitor")
        _ = try terminals.load("--tasks", "1", "--mix", "sleep:ms=1000")
        #expect(eventually { terminals.attempts(of: "victim").count == 1 })
        let heir = try terminals.startWorker("heir", "--lease", "300ms", "--no-monitor")
        victim.send(signal: SIGKILL)
        #expect(try victim.end().signal == SIGKILL)

        #expect(eventually { terminals.attempts(of: "heir").first?.finished ?? 0 != 0 })
        #expect(terminals.attempts(of: "heir").map(\.attempt) == [2])
        #expect(eventually { monitor.printedErrors.contains("took back 1 task") })
        for part in [heir, monitor] {
            part.send(signal: SIGTERM)
            #expect(try part.end().exitCode == 0)
        }
    }

    /// A worker that is told to stop finishes the task that it has begun, and gives the others back.
    @Test func aWorkerFinishesWhatItHasBegun() throws {
        let terminals = try Terminals()
        _ = try terminals.load("--tasks", "5", "--mix", "sleep:ms=300:expect=1ms")
        let worker = try terminals.start("worker", "--name", "alone")
        #expect(eventually { terminals.attempts(of: "alone").count == 1 })
        worker.send(signal: SIGTERM)
        #expect(try worker.end().exitCode == 0)
        let attempts = terminals.attempts(of: "alone")
        #expect(attempts.allSatisfy { $0.finished != 0 })
        #expect(try terminals.connection.call("LLEN", "{fibq}:pending").integer() == 5 - attempts.count)
        #expect(try terminals.connection.call("ZCARD", "{fibq}:leases").integer() == 0)
    }

    @Test func aMonitorOfTheControlIsRefused() throws {
        let terminals = try Terminals()
        let ending = try terminals.start("monitor", "--protocol", "pop").end()
        #expect(ending.exitCode == 64)
        #expect(ending.errors == "fibq: the protocol pop knows no recovery: no monitor for it\n")
    }
}
