import Harness
import Reporting
import Testing

@Suite struct BoundPlotTests {
    private func row(_ bits: Int, _ mode: String, _ proven: Int?, _ first: Int?) -> BoundRow {
        BoundRow(
            key: RunKey(runID: "test", cellID: mode, repetition: 1), precisionBits: bits, rounding: mode,
            provenExactTo: proven, firstInexact: first, gap: nil)
    }

    @Test func showsThePointsOfOneModeWithTheirGaps() {
        let rows = [
            row(8, "nearest", 5, 12), row(64, "nearest", 80, 90), row(4_096, "nearest", 5_879, 5_885),
            row(64, "up", 79, 95), row(4, "nearest", nil, 3), row(16, "nearest", 14, nil),
        ]
        let svg = BoundPlot.svg(rows, rounding: "nearest")
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        #expect(svg.split(separator: "<circle ").count == 1 + 3)
        for label in [">+6<", ">+9<", ">+5<", ">8<", ">64<", ">4096<"] { #expect(svg.contains(label), "\(label)") }
        #expect(!svg.contains(">+15<"))
        // Every text that is opened is closed.
        #expect(svg.split(separator: "<text ").count == svg.split(separator: "</text>").count)
    }

    @Test func moreBitsLieFartherToTheRightAndGreaterNHigher() throws {
        let svg = BoundPlot.svg([row(8, "up", 5, 12), row(64, "up", 80, 90)], rounding: "up")
        let circles = svg.matches(of: /cx="([0-9.]+)" cy="([0-9.]+)"/).map { match in
            (x: Double(match.output.1) ?? 0, y: Double(match.output.2) ?? 0)
        }
        try #require(circles.count == 2)
        #expect(circles[0].x < circles[1].x && circles[0].y > circles[1].y)
    }
}
