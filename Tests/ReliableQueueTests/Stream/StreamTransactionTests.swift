import Redis
import ReliableQueue
import Synchronization
import TestSupport
import Testing

/// Claims of `stream` whose entries a transaction reads, behind a gate that the script opens.
@Suite struct StreamTransactionTests {
    /// How often a server has run a command, by itself or in a script.
    private func calls(_ command: String, _ test: TestQueue) throws -> Int {
        let lines = try test.raw.call("INFO", "commandstats").text().split(whereSeparator: \.isNewline)
        let line = lines.first { $0.hasPrefix("cmdstat_\(command):calls=") }
        return line.flatMap { Int($0.drop { $0 != "=" }.dropFirst().prefix { $0 != "," }) } ?? 0
    }

    private func hasGate(_ test: TestQueue) throws -> Bool {
        try test.raw.call("EXISTS", test.key("gate")).integer() == 1
    }

    /// How many entries of a stream are held.
    private func held(_ test: TestQueue) throws -> Int {
        try test.raw.call("XPENDING", test.key("pending"), "workers").integer(at: 0)
    }

    /// Ends every other connection.
    private static func killClients(at endpoint: RedisEndpoint) throws -> Int {
        try RedisConnection(to: endpoint).call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes").integer()
    }

    /// Claims and acks until nothing is left, and returns the tasks in the order in which they came.
    private func drain(_ queue: any TaskQueue, _ limit: Int = 256) throws -> [String] {
        var (tasks, finished): ([String], Claim?) = ([], nil)
        repeat {
            let exchange = try queue.exchange(acking: finished, claiming: ClaimRequest(limit: limit))
            if finished != nil { #expect(exchange.ack == .acked) }
            finished = exchange.claim
            tasks += finished?.names ?? []
        } while finished != nil
        return tasks
    }

    @Test func manyTasksAreReadByATransactionAndFewByTheScript() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(60, through: queue)
        let before = try calls("exec", test)
        let few = try #require(try queue.claim(16))
        #expect(try calls("exec", test) == before)
        let many = try #require(try queue.claim(17))
        #expect(try calls("exec", test) == before + 1)
        let rest = try #require(try queue.claim(256))
        #expect(few.names + many.names + rest.names == names(batch, 0..<60))
        #expect(few.token < many.token && many.token < rest.token)
        #expect(try queue.claim() == nil)
        for claim in [few, many, rest] { #expect(try queue.ack(claim) == .acked) }
        #expect(try queue.exchange(acking: nil, claiming: ClaimRequest()).claim == nil)
        #expect(try test.places().isEmpty)
        #expect(try !hasGate(test))
    }

    /// What the read behind the script hangs on: without the gate it takes nothing, from neither stream.
    @Test func nothingIsReadWhereTheGateIsClosed() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(3, through: queue)
        let (pending, gate) = (test.key("pending"), test.key("gate"))
        let error = #expect(throws: RedisError.self) {
            _ = try test.raw.call(
                "XREADGROUP", "GROUP", "workers", "x", "COUNT", "9", "STREAMS", pending, gate, ">", ">")
        }
        #expect(error?.serverCode == "NOGROUP")
        #expect(try held(test) == 0)
        #expect(try queue.claim()?.names == names(batch, 0..<3))
    }

    @Test func aClaimWhoseReplyIsLostIsFoundAgain() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(60, through: queue)
        let first = try #require(try queue.claim(20))
        let exchange = try test.losingTheReply(of: queue) {
            try queue.exchange(acking: first, claiming: ClaimRequest(limit: 20))
        }
        #expect(exchange.ack == .unknown)
        let claim = try #require(exchange.claim)
        #expect(claim.names == names(batch, 20..<40))
        #expect(try queue.depth().claims == 1)
        #expect(try queue.ack(claim) == .acked)
        #expect(try drain(queue) == names(batch, 40..<60))
        #expect(try !hasGate(test))
    }

    /// A monitor has it back by then: nothing else is read in its place.
    @Test func aClaimThatIsGoneWhenItIsAskedForAgainReadsNothing() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(40, through: queue)
        let claim = try test.losingTheReply(of: queue, meanwhile: { try $0.recoverEverything() }) {
            try queue.exchange(acking: nil, claiming: ClaimRequest(limit: 20)).claim
        }
        #expect(claim == nil)
        #expect(try held(test) == 0)
        #expect(try drain(queue).sorted() == names(batch, 0..<40).sorted())
    }

    /// The connection breaks when all is queued and nothing has run: the script alone claims, once.
    @Test func aConnectionThatBreaksBeforeTheEndOfATransactionClaimsOnce() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let batch = try test.fill(40, through: test.open())
        let isCut = Atomic(false)
        var configuration = test.configuration
        configuration.settings.probe = CommandProbe(
            part: "",
            everywhere: { [endpoint = server.endpoint] command, moment in
                guard command == "stream_claim", moment == .before, !isCut.exchange(true, ordering: .relaxed) else {
                    return .goesOn
                }
                let killed = try? Self.killClients(at: endpoint)
                #expect((killed ?? 0) > 0)
                return .goesOn
            })
        let queue = try configuration.open()
        let claim = try #require(try queue.claim(20))
        let wasCut = isCut.load(ordering: .relaxed)
        #expect(wasCut)
        #expect(claim.names == names(batch, 0..<20) && claim.token.sequence == 1)
        let outside = try TestQueue(viewing: test.configuration)
        #expect(try held(outside) == 20)
        #expect(try queue.ack(claim) == .acked)
        #expect(try drain(queue) == names(batch, 20..<40))
        #expect(try !hasGate(outside))
    }

    /// Retries, and tasks of different lengths, are chosen by the script, which reads them itself.
    @Test func whatHasToBeChosenIsNotReadTwice() throws {
        let test = try TestQueue(.stream)
        let queue = try test.open()
        let batch = try test.fill(30, through: queue)
        try test.expire(#require(try queue.claim(20)))
        #expect(try queue.recover().recovered == 20)
        var (sizes, tasks): ([Bool: Int], [String]) = ([:], [])
        while let claim = try queue.claim(20) {
            #expect(claim.attempts.allSatisfy { $0 == (claim.isRedelivery ? 2 : 1) })
            sizes[claim.isRedelivery, default: 0] += claim.count
            tasks += claim.names
            #expect(try queue.ack(claim) == .acked)
        }
        #expect(sizes == [true: 20, false: 10])
        #expect(Set(tasks) == Set(names(batch, 0..<30)) && tasks.count == 30)
        try test.fill(7, through: queue, expected: .milliseconds(2))
        #expect(try queue.claim()?.count == 5)
        #expect(try queue.claim()?.count == 2)
        #expect(try !hasGate(test))
    }

    @Test func aServerThatForgetsItsScriptsClaimsOnce() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(60, through: queue)
        var (tasks, finished): ([String], Claim?) = ([], nil)
        repeat {
            _ = try test.raw.call("SCRIPT", "FLUSH")
            finished = try queue.exchange(acking: finished, claiming: ClaimRequest(limit: 20)).claim
            tasks += finished?.names ?? []
        } while finished != nil
        #expect(tasks == names(batch, 0..<60))
        #expect(try !hasGate(test))
    }

    /// A server that is full refuses whatever is to be in a transaction, and lets the script run.
    @Test func aFullServerClaimsByTheScriptAlone() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(60, through: queue)
        let first = try #require(try queue.claim(20))
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "1")
        let exchange = try queue.exchange(acking: first, claiming: ClaimRequest(limit: 20))
        #expect(exchange.ack == .acked)
        let second = try #require(exchange.claim)
        #expect(first.names + second.names == names(batch, 0..<40))
        _ = try test.raw.call("CONFIG", "SET", "maxmemory", "0")
        #expect(try queue.ack(second) == .acked)
        // After a while they are tried again.
        let before = try calls("exec", test)
        #expect(
            try eventually {
                try test.fill(1, through: queue)
                _ = try queue.claim()
                return try calls("exec", test) > before
            })
        #expect(try !hasGate(test))
    }

    @Test func aServerThatIsFlushedUnderAConnectionIsWorkedWithAnew() throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        try test.fill(60, through: queue)
        let claim = try #require(try queue.claim(20))
        _ = try test.raw.call("FLUSHALL")
        let exchange = try queue.exchange(acking: claim, claiming: ClaimRequest(limit: 20))
        #expect(exchange.ack != .acked && exchange.claim == nil)
        let other = try TestQueue(viewing: test.configuration)
        let batch = try other.fill(40, through: queue)
        #expect(try drain(queue, 20) == names(batch, 0..<40))
        #expect(try !hasGate(test))
    }

    /// Where transactions are forbidden, all goes by scripts.
    @Test(arguments: [["multi"], ["exec"], ["discard"], ["exec", "discard"], ["multi", "exec", "discard"]])
    func aUserWithFewerRightsClaims(commands: [String]) throws {
        let server = try TestServer.own()
        let test = try TestQueue(.stream, on: server)
        _ = try test.raw.call("ACL", "SETUSER", "limited", "on", ">secret", "~*", "&*", "+@all")
        for command in commands { _ = try test.raw.call("ACL", "SETUSER", "limited", "-\(command)") }
        var configuration = test.configuration
        configuration.endpoint = RedisEndpoint(server.endpoint.address, user: "limited", password: "secret")
        let queue = try configuration.open()
        let batch = try test.fill(60, through: test.open())
        #expect(try drain(queue, 20) == names(batch, 0..<60))
        #expect(try !hasGate(test))
    }

    /// Transactions come back from the append-only file as they were: what was held is, what was not read is claimed.
    @Test func aClaimOutlivesAServerThatIsKilled() throws {
        let server = try TestServer.own(durability: .always)
        let test = try TestQueue(.stream, on: server)
        let queue = try test.open()
        let batch = try test.fill(80, through: queue)
        let claims = try (0..<3).map { _ in try #require(try queue.claim(20)) }
        #expect(try queue.ack(claims[0]) == .acked)
        try server.restart()
        let outside = try TestQueue(viewing: test.configuration)
        #expect(try held(outside) == 40 && !hasGate(outside))
        #expect(try outside.raw.call("XLEN", test.key("pending")).integer() == 60)
        // The epoch is another by now, so each entry is looked for.
        for claim in claims[1...] { #expect(try queue.ack(claim) == .acked) }
        #expect(try drain(queue) == names(batch, 60..<80))
        #expect(try outside.raw.call("XLEN", test.key("pending")).integer() == 0)
    }

    @Test func aReplicaHoldsWhatItsMasterHolds() throws {
        let master = try TestServer.own(acceptsReplicas: true)
        let test = try TestQueue(.stream, on: master)
        let queue = try test.open()
        let replica = try master.startReplica()
        try replica.awaitSynced(with: master)
        let batch = try test.fill(80, through: queue)
        let claims = try (0..<3).map { _ in try #require(try queue.claim(20)) }
        #expect(try queue.ack(claims[0]) == .acked)
        try replica.awaitSynced(with: master)
        let copy = try RedisConnection(to: replica.endpoint)
        let consumers = try copy.call("XPENDING", test.key("pending"), "workers")
        #expect(try consumers.integer(at: 0) == 40)
        #expect(try copy.call("XLEN", test.key("pending")).integer() == 60)
        #expect(try copy.call("EXISTS", test.key("gate")).integer() == 0)
        #expect(claims.flatMap(\.names) == names(batch, 0..<60))
    }
}
