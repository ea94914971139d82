import Measurement
import Testing

@Suite("Steady window")
struct SteadyWindowTests {
    private let second: UInt64 = 1_000_000_000

    @Test("instants fall into warm-up, steady and drain")
    func phases() {
        let window = SteadyWindow(from: 10, to: 20)
        #expect([9, 10, 19, 20].map { window.phase(at: $0) } == [.warmUp, .steady, .steady, .drain])
        #expect([9, 10, 19, 20].map { window.contains($0) } == [false, true, true, false])
        #expect(SteadyWindow(from: 0, to: 2_500_000_000).seconds == 2.5)
    }

    @Test("a slow start is left out, a level run is not")
    func warmUp() {
        let ramp: [Double] = [5, 40, 80] + [Double](repeating: 100, count: 27)
        #expect(SteadyWindow.warmUp(of: ramp) == 3)
        #expect(SteadyWindow.warmUp(of: [Double](repeating: 100, count: 30)) == 0)
        #expect(SteadyWindow.warmUp(of: (0..<30).map { $0 % 2 == 0 ? 99 : 101 }) <= 1)
        #expect(SteadyWindow.warmUp(of: []) == 0)
        #expect(SteadyWindow.warmUp(of: [7]) == 0)
    }

    @Test("no more than half is left out")
    func half() {
        let climbing = (0..<20).map { Double($0) }
        #expect(SteadyWindow.warmUp(of: climbing) <= 10)
    }

    @Test("the window runs from the end of the warm-up to the last arrival")
    func window() throws {
        let completions: [Double] = [5, 40] + [Double](repeating: 100, count: 8) + [60, 10]
        let window = try #require(
            SteadyWindow(
                firstArrival: 3 * second, lastArrival: 13 * second, completions: completions, interval: second))
        #expect(window == SteadyWindow(from: 5 * second, to: 13 * second))
    }

    @Test("the first half is warm-up where the backlog settles in the second; one that never does moves nothing")
    func settling() throws {
        let completions = [Double](repeating: 100, count: 20)
        func window(_ backlog: (Int) -> Double) throws -> SteadyWindow {
            try #require(
                SteadyWindow(
                    firstArrival: 0, lastArrival: 20 * second, completions: completions, interval: second,
                    backlog: (0..<20).map { (UInt64($0) * second + second / 2, backlog($0)) }))
        }
        // 50 tasks more a second for six seconds, then level.
        #expect(try window { Double(min($0, 6)) * 50 }.from == 10 * second)
        #expect(try window { _ in 40 }.from == 0)
        #expect(try window { Double($0) * 50 }.from == 0)
    }

    @Test("a run shorter than an interval has none")
    func short() {
        #expect(SteadyWindow(firstArrival: 5, lastArrival: 6, completions: [], interval: second) == nil)
        #expect(SteadyWindow(firstArrival: 6, lastArrival: 5, completions: [], interval: second) == nil)
    }
}
