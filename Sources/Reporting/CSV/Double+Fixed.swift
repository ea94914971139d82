import Foundation

extension Double {
    /// It with so many digits after a point, in every locale; never "-0.00".
    func fixed(_ decimals: Int) -> String {
        let text = String(format: "%.\(decimals)f", self)
        let isZero = text.utf8.allSatisfy { "-0.".utf8.contains($0) }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
}
