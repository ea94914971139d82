import Redis
import Testing

/// What is on its way, without a clock.
@Suite struct DelayLineTests {
    private static let start = ContinuousClock.now

    private static func after(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    @Test func nothingArrivesBeforeItIsDue() {
        var line = DelayLine()
        #expect(line.nextDue == nil)
        line.append([1, 2, 3], due: Self.after(10))
        #expect(line.nextDue == Self.after(10))
        #expect(line.due(at: Self.after(9)).isEmpty)
        #expect(Array(line.due(at: Self.after(10))) == [1, 2, 3])
    }

    @Test func whatArrivesInPartsArrivesInOrder() {
        var line = DelayLine()
        line.append([1, 2, 3], due: Self.after(10))
        line.append([4], due: Self.after(20))
        line.didArrive(2)
        #expect(Array(line.due(at: Self.after(30))) == [3])
        line.didArrive(1)
        #expect(line.due(at: Self.after(19)).isEmpty)
        #expect(Array(line.due(at: Self.after(20))) == [4])
        line.didArrive(1)
        #expect(line.nextDue == nil)
    }

    /// A way that has become shorter lets nothing overtake.
    @Test func nothingOvertakes() {
        var line = DelayLine()
        line.append([1], due: Self.after(100))
        line.append([2], due: Self.after(10))
        #expect(line.due(at: Self.after(50)).isEmpty)
        #expect(line.nextDue == Self.after(100))
    }

    @Test func theEndComesLast() {
        var line = DelayLine()
        line.append([1], due: Self.after(10))
        line.end(due: Self.after(10))
        #expect(!line.hasRoom)
        #expect(!line.isOver(at: Self.after(10)))
        line.didArrive(1)
        #expect(line.nextDue == Self.after(10))
        #expect(!line.isOver(at: Self.after(9)))
        #expect(line.isOver(at: Self.after(10)))
    }

    @Test func itHoldsSoMuchAndNoMore() {
        var line = DelayLine()
        let piece = [UInt8](repeating: 7, count: DelayLine.capacity / 4)
        for _ in 0..<4 {
            #expect(line.hasRoom)
            line.append(piece, due: Self.start)
        }
        #expect(!line.hasRoom)
        line.didArrive(1)
        #expect(line.hasRoom)
    }

    /// However pieces come and go, what arrives is what was sent.
    @Test func nothingIsLostOrDoubled() {
        var line = DelayLine()
        var (sent, arrived): ([UInt8], [UInt8]) = ([], [])
        for round in 0..<1_000 {
            let piece = (0...round % 7).map { UInt8(truncatingIfNeeded: round + $0) }
            line.append(piece, due: Self.after(round))
            sent += piece
            let bytes = line.due(at: Self.after(round - round % 5)).prefix(1 + round % 4)
            arrived += bytes
            if !bytes.isEmpty { line.didArrive(bytes.count) }
        }
        while case let bytes = line.due(at: Self.after(1_000)), !bytes.isEmpty {
            arrived += bytes
            line.didArrive(bytes.count)
        }
        #expect(arrived == sent)
    }
}
