import Foundation
package import Reporting

/// `bounds.svg`: the proven bound as a line, the measured first divergence as points, with the gap beside each.
package enum BoundPlot {
    /// The file's name in the study's folder.
    package static let fileName = "bounds.svg"
    private static let (width, height, margin) = (760.0, 480.0, 60.0)
    /// How much room the labels of a point need.
    private static let labelWidth = 26.0

    /// The picture of the rows of one rounding mode, on logarithmic axes.
    package static func svg(_ rows: [BoundRow], rounding: String) -> String {
        let points = rows.filter { $0.rounding == rounding }.compactMap { row in
            row.firstInexact.flatMap { first in
                row.provenExactTo.map { Point(bits: row.precisionBits, proven: $0 + 1, measured: first) }
            }
        }
        let line = points.map { "\(x($0.bits)),\(y($0.proven))" }.joined(separator: " ")
        let marks = points.enumerated().map { index, point in
            // Of two points side by side the second has its labels below, where the first has none.
            let isCrowded = index > 0 && x(point.bits) - x(points[index - 1].bits) < labelWidth
            return mark(point, isBelow: isCrowded)
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            <text x="\(margin)" y="22" font-size="14">binet-mpfr, to \(rounding): the first n that comes out wrong</text>
            <text x="\(margin)" y="40">line: may be wrong from here on, by the proven bound; circles: measured; +: how many \
            n lie between</text>
            \(axis)
            <polyline points="\(line)" fill="none" stroke="#236" stroke-width="1.5"/>
            \(marks.joined(separator: "\n"))
            <text x="\(width / 2)" y="\(height - 10)" text-anchor="middle">precision in bits</text>
            <text x="16" y="\(height / 2)" text-anchor="middle" transform="rotate(-90 16 \(height / 2))">n</text>
            </svg>

            """
    }

    private static func mark(_ point: Point, isBelow: Bool) -> String {
        let (x, y) = (x(point.bits), y(point.measured))
        let label = isBelow ? (x: x + 8, y: y + 18, anchor: "start") : (x: x, y: y - 10, anchor: "end")
        let tick = height - margin + (isBelow ? 32 : 18)
        return """
            <circle cx="\(x)" cy="\(y)" r="4" fill="none" stroke="#c33"/>
            <text x="\(label.x)" y="\(label.y)" text-anchor="\(label.anchor)">+\(point.measured - point.proven)</text>
            <text x="\(x)" y="\(tick)" text-anchor="middle">\(point.bits)</text>
            """
    }

    private struct Point {
        let bits: Int
        let proven: Int
        let measured: Int
    }

    private static var axis: String {
        [1, 10, 100, 1_000, 10_000].map { n in
            """
            <line x1="\(margin)" x2="\(width - margin / 2)" y1="\(y(n))" y2="\(y(n))" stroke="#ddd"/>
            <text x="\(margin - 6)" y="\(y(n) + 4)" text-anchor="end">\(n)</text>
            """
        }.joined(separator: "\n")
    }

    /// 8 to 4,096 bits.
    private static func x(_ bits: Int) -> Double {
        rounded(margin + 20 + (width - 2 * margin - 20) * (log2(Double(bits)) - 3) / 9)
    }

    /// 1 to 10,000.
    private static func y(_ n: Int) -> Double {
        rounded(height - margin - (height - 2 * margin) * log10(Double(max(1, n))) / 4)
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
