import Reporting
import Testing

@Suite("Tables of knee and queueing")
struct StudyTableTests {
    @Test("the curve, by rate")
    func curve() {
        let text = KneeTable(objective: "p99 end_to_end_intended < 50ms", rows: [.empty, .sample]).render()
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(lines[0] == "Is p99 end_to_end_intended < 50ms?")
        #expect(lines[3].hasPrefix("  confirm") && lines[3].contains("313/s") && lines[3].hasSuffix("yes"))
        #expect(lines[3].contains("40.0 ms") && lines[3].contains("steady"))
        #expect(lines[4].hasPrefix("  search") && lines[4].contains("–") && lines[4].hasSuffix("unusable"))
        #expect(KneeTable(objective: "x", rows: []).render() == "no probe was made\n")
    }

    @Test("waits beside predictions")
    func waits() {
        let text = QueueingTable(rows: [.sample, .overloaded]).render()
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.count == 5)
        #expect(lines[3].contains("M/D/1") && lines[3].contains("2.50 ms") && lines[3].contains("1.040"))
        #expect(lines[3].contains("1.024") && lines[3].hasSuffix("1.019"))
        #expect(lines[4].contains("101.0 %") && lines[4].hasSuffix("–"))
        #expect(QueueingTable(rows: []).render() == "nothing was measured\n")
    }
}
