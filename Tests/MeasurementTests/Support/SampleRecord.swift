import Measurement

/// A small record for tests: its index and a value made of it.
struct SampleRecord: JournalRecord, Equatable {
    static let magic: UInt64 = 0x53_414D_504C_4531

    var index: UInt64
    var square: UInt64
    var state: UInt64 = 0

    init(_ index: Int) {
        self.index = UInt64(index)
        square = self.index &* self.index
    }
}

/// Another one of the same size.
struct OtherRecord: JournalRecord {
    static let magic: UInt64 = 0x4F_5448_4552_3031

    var values: (UInt64, UInt64, UInt64) = (0, 0, 0)
}

/// The same kind, grown by a field.
struct GrownRecord: JournalRecord {
    static let magic = SampleRecord.magic

    var values: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
}

extension JournalIdentity {
    static let sample = JournalIdentity(role: "worker", name: "worker-1", labels: ["fibonacci", "wait", "größe"])
}
