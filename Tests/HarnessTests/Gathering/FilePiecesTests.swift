import Harness
import Testing

/// How files are cut into pieces on their way through Redis.
@Suite struct FilePiecesTests {
    private static func files(_ lengths: [Int]) -> [PartFile] {
        lengths.enumerated().map { PartFile(name: "a.\($0.offset).journal", bytes: $0.element, sha256: "") }
    }

    @Test(arguments: [
        [], [0], [1], [FilePieces.bytes], [FilePieces.bytes + 1], [0, 5, 0, 0, 3 * FilePieces.bytes + 7, 0, 1],
    ])
    func piecesAreTheFiles(lengths: [Int]) {
        let pieces = FilePieces(of: Self.files(lengths))
        var read = Array(repeating: 0, count: lengths.count)
        var last = 0
        for number in 0..<pieces.count {
            let piece = pieces[number]
            #expect(piece.file >= last)
            #expect(piece.offset == read[piece.file])
            #expect((1...FilePieces.bytes).contains(piece.bytes))
            read[piece.file] += piece.bytes
            last = piece.file
        }
        #expect(read == lengths)
    }

    /// A name from another host leads nowhere but into the run's folder.
    @Test func aPartHandsInItsOwnFilesOnly() {
        func target(_ name: String) -> String? { PartFile(name: name, bytes: 1, sha256: "").target(of: "a") }
        #expect(target("a.slot-0.cycles.journal") == "a.slot-0.cycles.journal")
        #expect(target("a.ledger") == "sink.ledger")
        #expect(target("b.slot-0.cycles.journal") == nil)
        #expect(target("a./../../etc/passwd") == nil)
        #expect(target("../a.journal") == nil)
        #expect(target("ab.journal") == nil)
    }
}
