/// Up to six claims, in the order of their names.
struct ClaimTable: Hashable, Sendable, Sequence {
    private var first = Pair<ClaimRecord?>(nil, nil)
    private var second = Pair<ClaimRecord?>(nil, nil)
    private var third = Pair<ClaimRecord?>(nil, nil)

    var isEmpty: Bool { first[0] == nil }

    private subscript(_ index: Int) -> ClaimRecord? {
        get { index < 2 ? first[index] : index < 4 ? second[index - 2] : third[index - 4] }
        set {
            switch index {
            case 0, 1: first[index] = newValue
            case 2, 3: second[index - 2] = newValue
            default: third[index - 4] = newValue
            }
        }
    }

    /// Adds a claim, or puts it in the place of the one of that name.
    mutating func put(_ record: ClaimRecord) {
        var carried: ClaimRecord? = record
        for index in 0..<6 {
            guard let candidate = carried else { return }
            guard let present = self[index] else {
                self[index] = candidate
                return
            }
            if present.name == candidate.name {
                self[index] = candidate
                return
            }
            if candidate.name < present.name {
                self[index] = candidate
                carried = present
            }
        }
        preconditionFailure("a world too large for this table")
    }

    /// Takes a claim out.
    mutating func drop(_ name: ClaimName) {
        var target = 0
        for index in 0..<6 {
            let present = self[index]
            if present?.name == name { continue }
            self[target] = present
            target += 1
        }
        for index in target..<6 { self[index] = nil }
    }

    /// Walks through the claims.
    struct Iterator: IteratorProtocol {
        let table: ClaimTable
        var index = 0

        mutating func next() -> ClaimRecord? {
            guard index < 6, let record = table[index] else { return nil }
            index += 1
            return record
        }
    }

    func makeIterator() -> Iterator { Iterator(table: self) }
}
