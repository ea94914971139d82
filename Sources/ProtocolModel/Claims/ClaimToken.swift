/// A fencing token: an earlier epoch comes first, then an earlier claim.
struct ClaimToken: Hashable, Comparable, Sendable {
    var epoch: UInt8 = 0
    var sequence: UInt8 = 0

    static func < (left: Self, right: Self) -> Bool {
        (left.epoch, left.sequence) < (right.epoch, right.sequence)
    }
}

extension ClaimToken: CustomStringConvertible {
    var description: String { "\(epoch):\(sequence)" }
}

/// A claim's name: which start of a worker, and which request of it.
struct ClaimName: Hashable, Comparable, Sendable {
    let raw: UInt8

    init(nonce: Int, request: Int) {
        precondition(nonce < 16 && request < 16, "a world too large for this name")
        raw = UInt8(nonce << 4 | request)
    }

    static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

extension ClaimName: CustomStringConvertible {
    var description: String { "c\(raw >> 4).\(raw & 15)" }
}
