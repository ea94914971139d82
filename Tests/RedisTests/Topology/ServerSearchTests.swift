import Testing

import Redis

/// Where a connection goes, step by step, without a server.
@Suite struct ServerSearchTests {
    private static let lost = RedisError.connectionLost(code: 1, words: "gone")

    private static func host(_ number: Int) -> RedisHost { RedisHost("10.0.0.\(number)", port: 6_000 + number) }
    private static func node(_ number: Int) -> RedisEndpoint {
        RedisEndpoint(.tcp(host: host(number).name, port: host(number).port), user: "ann", password: "secret")
    }
    private static func unreachable(_ number: Int) -> RedisError {
        .unreachable(endpoint: "\(host(number))", code: 1, words: "refused")
    }

    /// True where the attempt has failed, and another is to be made a little later.
    private static func isTriedAgain(_ step: ServerSearch.Step) -> Bool {
        if case .fail(.connectionLost) = step { return true }
        return false
    }

    // MARK: Sentinels

    private static func watched(by sentinels: [Int]) -> RedisEndpoint {
        var endpoint = RedisEndpoint(.sentinel(master: "m", at: sentinels.map(host)), user: "ann", password: "secret")
        endpoint.sentinelPassword = "watch"
        return endpoint
    }

    private static func ask(_ number: Int) -> ServerSearch.Step {
        .askSentinel(
            RedisEndpoint(.tcp(host: host(number).name, port: host(number).port), password: "watch"), master: "m")
    }

    private static func view(of master: Int, epoch: Int, others: [Int] = []) -> ServerSearch.Finding {
        .master(SentinelView(master: host(master), epoch: epoch, others: others.map(host)))
    }

    @Test func oneServerIsWhereItIs() {
        let endpoint = RedisEndpoint(.unixSocket(path: "/r.sock"))
        var search = ServerSearch(for: endpoint, slot: nil)
        #expect(search.begin() == .connect(endpoint))
        #expect(search.didFail(Self.unreachable(1)) == .fail(Self.unreachable(1)))
        #expect(search.remedy(for: .server(words: "READONLY it is a replica")) == .none)
        #expect(search.remedy(for: .server(words: "MOVED 1 10.0.0.1:1")) == .none)
    }

    @Test func mostSentinelsAreAskedAndTheNewestIsBelieved() {
        var search = ServerSearch(for: Self.watched(by: [1, 2, 3]), slot: nil)
        #expect(search.begin() == Self.ask(1))
        // One that is cut off believes in the old master.
        #expect(search.didHear(of: Self.view(of: 7, epoch: 1, others: [2, 3])) == Self.ask(2))
        #expect(search.didHear(of: Self.view(of: 8, epoch: 2, others: [1, 3])) == .connect(Self.node(8)))
    }

    @Test func aSentinelTellsOfTheOthers() {
        var search = ServerSearch(for: Self.watched(by: [1]), slot: nil)
        #expect(search.begin() == Self.ask(1))
        #expect(search.didHear(of: Self.view(of: 7, epoch: 1, others: [2, 3])) == Self.ask(2))
        #expect(search.didHear(of: .failed(Self.unreachable(2))) == Self.ask(3))
        #expect(search.didHear(of: Self.view(of: 7, epoch: 1, others: [1, 2])) == .connect(Self.node(7)))
        // The next time the one that was silent is asked last.
        #expect(search.begin() == Self.ask(1))
        #expect(search.didHear(of: Self.view(of: 7, epoch: 1, others: [2, 3])) == Self.ask(3))
    }

    @Test func aMinorityIsBetterThanNobody() {
        var search = ServerSearch(for: Self.watched(by: [1, 2, 3]), slot: nil)
        #expect(search.begin() == Self.ask(1))
        #expect(search.didHear(of: .failed(Self.unreachable(1))) == Self.ask(2))
        #expect(search.didHear(of: .failed(Self.unreachable(2))) == Self.ask(3))
        #expect(search.didHear(of: Self.view(of: 7, epoch: 4, others: [1, 2])) == .connect(Self.node(7)))
    }

    @Test func aNameThatNobodyKnowsIsSaid() {
        var search = ServerSearch(for: Self.watched(by: [1, 2]), slot: nil)
        _ = search.begin()
        #expect(search.didHear(of: .noSuchMaster) == Self.ask(2))
        #expect(search.didHear(of: .noSuchMaster) == .fail(.noSuchMaster(name: "m")))
    }

    @Test func aSentinelThatForgotProvesNothing() {
        var search = ServerSearch(for: Self.watched(by: [1, 2]), slot: nil)
        _ = search.begin()
        #expect(search.didHear(of: .noSuchMaster) == Self.ask(2))
        #expect(Self.isTriedAgain(search.didHear(of: .failed(Self.unreachable(2)))))
    }

    @Test func whereNoSentinelAnswersTheAddressMayBeWrong() {
        var search = ServerSearch(for: Self.watched(by: [1]), slot: nil)
        _ = search.begin()
        #expect(search.didHear(of: .failed(Self.unreachable(1))) == .fail(Self.unreachable(1)))
    }

    @Test func aMasterThatIsAwayWillBeReplaced() {
        var search = ServerSearch(for: Self.watched(by: [1]), slot: nil)
        _ = search.begin()
        #expect(search.didHear(of: Self.view(of: 7, epoch: 1)) == .connect(Self.node(7)))
        #expect(Self.isTriedAgain(search.didFail(Self.unreachable(7))))
        #expect(search.begin() == Self.ask(1))
        #expect(search.didHear(of: Self.view(of: 8, epoch: 2)) == .connect(Self.node(8)))
    }

    @Test func aReplicaIsNotTheMaster() {
        var search = ServerSearch(for: Self.watched(by: [1]), slot: nil)
        _ = search.begin()
        _ = search.didHear(of: Self.view(of: 7, epoch: 1))
        #expect(search.objection(to: RedisServerInfo(parsing: "role:slave"))?.isConnectionLost == true)
        #expect(search.objection(to: RedisServerInfo(parsing: "role:master")) == nil)
        #expect(
            search.remedy(for: .server(words: "READONLY You can't write against a read only replica.")) == .reconnect)
        #expect(search.remedy(for: .server(words: "UNBLOCKED force unblock")) == .reconnect)
        #expect(search.remedy(for: .server(words: "NOREPLICAS Not enough good replicas to write.")) == .reconnect)
        #expect(search.remedy(for: .server(words: "WRONGTYPE no")) == .none)
    }

    // MARK: A Cluster

    private static let slot = HashSlot(of: "foo")  // 12,182

    private static func cluster(_ slot: HashSlot? = slot) -> ServerSearch {
        ServerSearch(
            for: RedisEndpoint(.cluster(at: [host(1), host(2)]), user: "ann", password: "secret"), slot: slot)
    }

    private static func map(_ owner: Int) -> ServerSearch.Finding {
        .map(
            SlotMap(ranges: [
                .init(slots: 0...9_999, master: host(3), replicas: [host(4)]),
                .init(slots: 10_000...16_383, master: host(owner), replicas: []),
            ]))
    }

    @Test func theMapLeadsToTheSlot() {
        var search = Self.cluster()
        #expect(search.begin() == .askNode(Self.node(1)))
        #expect(search.didHear(of: .failed(Self.unreachable(1))) == .askNode(Self.node(2)))
        #expect(search.didHear(of: Self.map(5)) == .connect(Self.node(5)))
        // It is gone to at once from then on.
        #expect(search.begin() == .connect(Self.node(5)))
    }

    @Test func withoutASlotAnyMasterWillDo() {
        var search = Self.cluster(nil)
        _ = search.begin()
        #expect(search.didHear(of: Self.map(5)) == .connect(Self.node(3)))
    }

    @Test func aSlotThatMovedIsFollowed() {
        var search = Self.cluster()
        _ = search.begin()
        _ = search.didHear(of: Self.map(5))
        #expect(search.remedy(for: .server(words: "MOVED 12182 10.0.0.6:6006")) == .reconnect)
        #expect(search.begin() == .connect(Self.node(6)))
        // In the middle of shaking hands, and from a node that does not know its host.
        #expect(
            search.didFail(.server(words: "MOVED 12182 :7777"))
                == .connect(RedisEndpoint(.tcp(host: "10.0.0.6", port: 7_777), user: "ann", password: "secret")))
    }

    @Test func nodesThatSendEachOtherTheSlotAreLeft() {
        var search = Self.cluster()
        _ = search.begin()
        _ = search.didHear(of: Self.map(5))
        for hop in 0..<5 {
            let next = 5 + (hop + 1) % 2
            #expect(
                search.didFail(.server(words: "MOVED 12182 10.0.0.\(next):\(6_000 + next)"))
                    == .connect(Self.node(next)))
        }
        #expect(Self.isTriedAgain(search.didFail(.server(words: "MOVED 12182 10.0.0.5:6005"))))
        // Whoever led there is asked last.
        #expect(search.begin() == .askNode(Self.node(2)))
    }

    @Test func aNodeThatIsGoneIsAskedAboutAtOthers() {
        var search = Self.cluster()
        _ = search.begin()
        _ = search.didHear(of: Self.map(5))
        _ = search.begin()
        #expect(search.didFail(Self.unreachable(5)) == .askNode(Self.node(1)))
        // That one does not know yet, another may.
        #expect(search.didHear(of: Self.map(5)) == .askNode(Self.node(2)))
        #expect(search.didHear(of: Self.map(6)) == .connect(Self.node(6)))
    }

    @Test func aNodeThatNobodyReplacedYetWillBeReplaced() {
        var search = Self.cluster()
        _ = search.begin()
        #expect(search.didHear(of: Self.map(5)) == .connect(Self.node(5)))
        #expect(search.didFail(Self.unreachable(5)) == .askNode(Self.node(2)))
        #expect(Self.isTriedAgain(search.didHear(of: Self.map(5))))
    }

    /// The dead master is among those that are asked, as the last one: the address is right all the same.
    @Test func whoIsDeadDoesNotMakeTheAddressWrong() {
        var search = Self.cluster()
        _ = search.begin()
        #expect(search.didHear(of: Self.map(2)) == .connect(Self.node(2)))
        #expect(search.didFail(Self.unreachable(2)) == .askNode(Self.node(2)))
        #expect(Self.isTriedAgain(search.didHear(of: .failed(Self.unreachable(2)))))
    }

    /// A node that is cut off from the others still has its old map, and serves nothing.
    @Test func whoLedAstrayIsAskedLast() {
        var search = Self.cluster()
        _ = search.begin()
        #expect(search.didHear(of: Self.map(1)) == .connect(Self.node(1)))
        #expect(search.didFail(.server(words: "CLUSTERDOWN The cluster is down")) == .askNode(Self.node(2)))
        #expect(search.didHear(of: Self.map(6)) == .connect(Self.node(6)))
        #expect(search.remedy(for: .server(words: "CLUSTERDOWN The cluster is down")) == .reconnect)
        #expect(search.begin() == .askNode(Self.node(3)))
    }

    @Test func aSlotThatNobodyHasMayComeBack() {
        var search = Self.cluster()
        _ = search.begin()
        let half = ServerSearch.Finding.map(
            SlotMap(ranges: [.init(slots: 0...9_999, master: Self.host(3), replicas: [])]))
        #expect(search.didHear(of: half) == .askNode(Self.node(2)))
        #expect(Self.isTriedAgain(search.didHear(of: half)))
    }

    @Test(arguments: [
        ("ASK 12182 10.0.0.6:6006", Remedy.wait), ("TRYAGAIN Multiple keys request during rehashing of slot", .wait),
        ("CLUSTERDOWN Hash slot not served", .reconnect), ("READONLY it is a replica", .reconnect),
        ("MOVED 12182 nonsense", .none), ("ERR unknown command", .none),
        ("EXECABORT Transaction discarded because of: READONLY You can't write", .reconnect),
        ("ERR Error running script (call to f_1): @user_script:7: -NOREPLICAS Not enough good replicas", .reconnect),
        ("ERR WAIT cannot be used with replica instances. Please also note", .reconnect),
    ])
    func refusalsAndWhatHelps(words: String, remedy: Remedy) {
        var search = Self.cluster()
        _ = search.begin()
        _ = search.didHear(of: Self.map(5))
        #expect(search.remedy(for: .server(words: words)) == remedy)
    }
}
