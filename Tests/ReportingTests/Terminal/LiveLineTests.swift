import Reporting
import Testing

@Suite("Live line")
struct LiveLineTests {
    @Test("all that is known, in one line")
    func full() {
        let line = LiveLine(
            done: 420_000, total: 1_000_000, rate: 123_456.7, backlog: 12_345, p99Microseconds: 1_234,
            secondsLeft: 4.6)
        #expect(line.text == "42 % · 420,000/1,000,000 · 123,457/s · backlog 12,345 · p99 1.23 ms · 0:05 left")
        #expect(line.text.count <= LiveLine.width)
    }

    @Test("what is not known is left out")
    func unknown() {
        let line = LiveLine(done: 7, total: nil, rate: 0.5, backlog: 0, p99Microseconds: nil, secondsLeft: nil)
        #expect(line.text == "7 · 0.50/s · backlog 0")
    }

    @Test("no line is wider than the terminal")
    func narrow() {
        let line = LiveLine(
            done: .max / 2, total: .max, rate: 1e12, backlog: .max, p99Microseconds: 1e9, secondsLeft: 1e6)
        #expect(line.text.count <= LiveLine.width)
        #expect(line.text.hasPrefix("50 % · "))
    }
}
