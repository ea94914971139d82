import Messaging
import Testing

/// What a sink remembers, and how it judges by it: no file, no server.
@Suite("Placement ledger")
struct PlacementLedgerTests {
    private let task = TaskIdentity(producer: 1, batch: 2, index: 3)
    private let other = TaskIdentity(producer: 1, batch: 2, index: 4)
    private let early = PlacementToken(epoch: 1, sequence: 9)
    private let late = PlacementToken(epoch: 2, sequence: 1)

    @Test("messages are numbered in the order of their first placing, and a repeat gets its first number")
    func numbers() {
        var ledger = PlacementLedger()
        #expect(ledger.place(task, early) == .placed(1))
        #expect(ledger.place(other, nil) == .placed(2))
        #expect(ledger.place(task, early) == .repeated(1))
        #expect(ledger.place(other, nil) == .repeated(2))
        #expect(ledger.placed == 2)
    }

    @Test("a lower token is refused, whether or not the message was placed")
    func supersededByPlacing() {
        var ledger = PlacementLedger()
        #expect(ledger.place(task, late) == .placed(1))
        #expect(ledger.place(task, early) == .superseded(by: late))
        #expect(ledger.arrive(task, early) == .superseded(by: late))
        #expect(ledger.place(other, early) == .placed(2))
    }

    @Test("a token counts from its arrival: it fences off an earlier request that is still delayed")
    func supersededByArrival() {
        var ledger = PlacementLedger()
        #expect(ledger.arrive(task, early) == .fresh)
        #expect(ledger.arrive(task, late) == .fresh)
        #expect(ledger.place(task, early) == .superseded(by: late))
        #expect(ledger.place(task, late) == .placed(1))
    }

    @Test("the token is judged before the task: a later repeat raises the bar for the first")
    func tokenFirst() {
        var ledger = PlacementLedger()
        #expect(ledger.place(task, early) == .placed(1))
        #expect(ledger.place(task, late) == .repeated(1))
        #expect(ledger.place(task, early) == .superseded(by: late))
    }

    @Test("the same token again is no later one")
    func sameToken() {
        var ledger = PlacementLedger()
        #expect(ledger.arrive(task, early) == .fresh)
        #expect(ledger.arrive(task, early) == .fresh)
        #expect(ledger.place(task, early) == .placed(1))
    }

    @Test("an unfenced request is judged by its task alone")
    func unfenced() {
        var ledger = PlacementLedger()
        #expect(ledger.place(task, late) == .placed(1))
        #expect(ledger.arrive(task, nil) == .fresh)
        #expect(ledger.place(task, nil) == .repeated(1))
    }

    @Test("epochs outweigh sequences")
    func tokenOrder() {
        #expect(PlacementToken(epoch: 1, sequence: 1_000) < PlacementToken(epoch: 2, sequence: 1))
        #expect(PlacementToken(epoch: 2, sequence: 1) < PlacementToken(epoch: 2, sequence: 2))
    }

    @Test("what could not be stored is taken back, and its number given anew")
    func withdrawal() {
        var ledger = PlacementLedger()
        _ = ledger.place(task, early)
        _ = ledger.place(other, early)
        ledger.withdraw([other])
        #expect(ledger.receipt(of: other) == nil)
        #expect(ledger.receipt(of: task) == 1)
        #expect(ledger.place(other, early) == .placed(2))
    }

    @Test("a restored entry is as good as a placed one, and the first of two keeps its number")
    func restoring() {
        var ledger = PlacementLedger()
        for number in [UInt64(7), 8] {
            ledger.restore(
                LedgerEntry(task: task, token: late, number: number, received: 0, receivedUnix: 0, bodyBytes: 0))
        }
        #expect(ledger.place(task, late) == .repeated(7))
        #expect(ledger.place(task, early) == .superseded(by: late))
        #expect(ledger.place(other, nil) == .placed(9))
    }
}
