/// Eight counters of four bits, by number.
struct CountTable: Hashable, Sendable {
    private var raw: UInt32 = 0

    /// All of them, for hashing.
    var bits: UInt32 { raw }

    subscript(_ index: Int) -> Int {
        get { Int(raw >> UInt32(4 * index) & 15) }
        set {
            precondition(index < 8 && newValue < 16, "a world too large for this table")
            raw = raw & ~(15 << UInt32(4 * index)) | UInt32(newValue) << UInt32(4 * index)
        }
    }
}
