/// One of the 16,384 parts of a Redis Cluster's keys.
///
/// What is between the first `{` of a key and the `}` after it alone decides, unless that is nothing: keys with one such tag are
/// in one slot, and only those may be named together by one command. CRC16 as XMODEM has it (polynomial 0x1021, from 0),
/// modulo 16,384, says the specification of Redis Cluster.
public struct HashSlot: Hashable, Comparable, Sendable {
    /// How many there are.
    public static let count = 16_384
    /// From 0 on.
    public let number: Int

    /// The slot of this number; `nil` when there is none.
    public init?(number: Int) {
        guard (0..<Self.count).contains(number) else { return nil }
        self.number = number
    }

    /// The slot of a key.
    public init(of key: String) {
        number = Int(Self.checksum(Self.tag(in: Array(key.utf8)))) % Self.count
    }

    /// By their numbers.
    public static func < (one: Self, other: Self) -> Bool { one.number < other.number }

    private static func tag(in key: [UInt8]) -> ArraySlice<UInt8> {
        guard let opening = key.firstIndex(of: UInt8(ascii: "{")),
            let closing = key[(opening + 1)...].firstIndex(of: UInt8(ascii: "}")), closing > opening + 1
        else { return key[...] }
        return key[(opening + 1)..<closing]
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(UInt16(0)) { checksum, byte in
            (0..<8).reduce(checksum ^ UInt16(byte) << 8) { rest, _ in
                rest & 0x8000 == 0 ? rest << 1 : rest << 1 ^ 0x1021
            }
        }
    }
}
