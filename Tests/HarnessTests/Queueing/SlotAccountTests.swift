import Harness
import Measurement
import Testing

/// What a slot's tasks say of it as a queue's server.
@Suite struct SlotAccountTests {
    /// Times in microseconds.
    private static func visit(_ sent: UInt64, _ started: UInt64, _ finished: UInt64) -> SlotAccount.Visit {
        SlotAccount.Visit(sent: sent * 1_000, started: started * 1_000, finished: finished * 1_000)
    }

    @Test func waitsAndOccupanciesFollowFromTheTimes() throws {
        let account = try #require(
            SlotAccount([
                Self.visit(0, 300, 1_300),
                // Sent while the first one ran: it waits until 1,300, and is picked up within 100.
                Self.visit(500, 1_400, 2_400),
                Self.visit(600, 2_600, 3_600),
                // Sent when nothing is there: it takes 350 to begin, 200 more than a pick-up.
                Self.visit(5_000, 5_350, 6_350),
            ]))
        #expect(account.tasks == 3)
        #expect(abs(account.arrivalRate - 3 / 5e-3) < 1e-6)
        #expect(abs(account.occupancy.mean - 1_150e-6) < 1e-12)
        #expect(abs(account.occupancy.secondMoment - (1_100e-6 * 1_100e-6 + 1_200e-6 * 1_200e-6) / 2) < 1e-15)
        #expect(abs(account.busyShare - 2.0 / 3) < 1e-12)
        #expect(abs(account.pickUp - 150e-6) < 1e-12)
        #expect(abs(account.setUp.mean - 200e-6) < 1e-12)
        #expect(abs(account.meanWait - (800e-6 + 1_800e-6 + 0) / 3) < 1e-12)
        #expect(abs(account.meanQueueWait - (900e-6 + 2_000e-6 + 350e-6) / 3) < 1e-12)
        #expect(abs(account.wait(share: 0.99) - 1_800e-6) < 1e-12)
        #expect(abs(account.wait(share: 0.5) - 800e-6) < 1e-12 && account.wait(share: 0.1) == 0)
    }

    @Test func aSlotThatNobodyWaitedForHasNoOccupancy() {
        #expect(SlotAccount([]) == nil)
        #expect(SlotAccount([Self.visit(0, 1, 2)]) == nil)
        #expect(SlotAccount([Self.visit(0, 1, 2), Self.visit(5, 6, 7)]) == nil)
    }

    @Test func aQuickPickUpOfAnIdleSlotIsNoSetUp() throws {
        let account = try #require(
            SlotAccount([
                Self.visit(0, 300, 1_300), Self.visit(500, 1_400, 2_400), Self.visit(9_000, 9_010, 10_010),
            ]))
        #expect(account.setUp == .fixed(0))
    }

    /// Sparse arrivals at a server without any overhead: the account of a simulated queue is that queue's.
    @Test func theAccountOfASimulatedQueueIsTheQueues() throws {
        var (visits, free, sent) = ([SlotAccount.Visit](), UInt64(0), UInt64(0))
        // Gaps of 1, 2, … 7 ms over and over, and services of 3 ms.
        for index in 0..<7_000 {
            sent += UInt64(1 + index % 7) * 1_000_000
            let start = max(free, sent)
            free = start + 3_000_000
            visits.append(.init(sent: sent, started: start, finished: free))
        }
        let account = try #require(SlotAccount(visits))
        #expect(abs(account.occupancy.mean - 3e-3) < 1e-12 && account.occupancy.squaredVariation < 1e-9)
        #expect(abs(account.arrivalRate - 250) < 0.1)
        #expect(account.setUp == .fixed(0) && account.pickUp == 0)
        #expect(abs(account.meanWait - account.meanQueueWait) < 1e-12)
    }
}
