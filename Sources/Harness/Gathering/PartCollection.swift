import Foundation
import Measurement
import Reporting

/// Takes the parts' journals into the run's folder, piece by piece through Redis, or from the folder that all share.
final class PartCollection {
    /// How long nothing may come of a part, in nanoseconds.
    private static let patience: UInt64 = 60_000_000_000

    /// The files of one part, as far as they have come.
    private final class Reception {
        let name: String
        let pieces: FilePieces
        var next = 0
        var moved = MonotonicClock.nanoseconds()

        init(of name: String, _ files: [PartFile]) { (self.name, pieces) = (name, FilePieces(of: files)) }
    }

    private let assembly: Assembly
    private let folder: RunFolder
    private let console: Console
    private var receptions: [Reception] = []
    /// The parts whose files are all there as they were handed in.
    private(set) var collected: Set<String> = []

    init(of assembly: Assembly, into folder: RunFolder, console: Console) {
        (self.assembly, self.folder, self.console) = (assembly, folder, console)
    }

    /// Takes what every part hands in through Redis, and returns when that is all there, or will not come.
    func collectOverRedis() throws(HarnessError) {
        var waited: Set<String> = Set(assembly.cast.all.map(\.name))
        var idleSince = MonotonicClock.nanoseconds()
        while !waited.isEmpty {
            for event in try assembly.attend() { assembly.say(event) }
            for member in assembly.cast.all where waited.contains(member.name) {
                if member.isVanished {
                    waited.remove(member.name)
                } else if let files = member.card.files {
                    waited.remove(member.name)
                    receptions.append(Reception(of: member.name, files))
                }
            }
            if try take() { idleSince = MonotonicClock.nanoseconds() }
            guard MonotonicClock.nanoseconds() - idleSince < Self.patience else { break }
            if receptions.isEmpty { usleep(10_000) }
        }
        while !receptions.isEmpty {
            for event in try assembly.attend() { assembly.say(event) }
            if try !take() { usleep(1_000) }
        }
    }

    /// Takes one piece of each part that has one.
    ///
    /// - Returns: whether there was any.
    private func take() throws(HarnessError) -> Bool {
        var hasMoved = false
        for reception in receptions {
            if reception.next < reception.pieces.count {
                if let bytes = try assembly.place.piece(reception.next, in: assembly.call.parcel(of: reception.name)) {
                    try append(bytes, of: reception)
                    reception.next += 1
                    try assembly.place.confirm(reception.next, in: assembly.call.parcel(of: reception.name))
                    (reception.moved, hasMoved) = (MonotonicClock.nanoseconds(), true)
                }
            }
            if reception.next == reception.pieces.count {
                try close(reception.name, reception.pieces.files)
                receptions.removeAll { $0 === reception }
            } else if isLate(reception) {
                receptions.removeAll { $0 === reception }
            }
        }
        return hasMoved
    }

    private func isLate(_ reception: Reception) -> Bool {
        assembly.cast.members[reception.name]?.isVanished == true
            || MonotonicClock.nanoseconds() - reception.moved > Self.patience
    }

    private func append(_ bytes: [UInt8], of reception: Reception) throws(HarnessError) {
        let file = reception.pieces.files[reception.pieces[reception.next].file]
        let path = try path(of: file, reception.name)
        do throws(SystemCallFailure) {
            try FileDescriptor(opening: path, flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o644).write(bytes)
        } catch {
            throw .file(path: path, reason: error.reason)
        }
    }

    /// Copies the files of every part from a folder that all hosts share: those of a part that vanished, too.
    func collect(from shared: String) throws(HarnessError) {
        for member in assembly.cast.all {
            let found = try PartFile.all(of: member.name, in: shared)
            let files = member.card.files ?? found
            guard !files.isEmpty || !member.card.role.keepsJournals else { continue }
            for file in files where found.contains(file) {
                let path = try path(of: file, member.name)
                do {
                    try FileManager.default.copyItem(atPath: "\(shared)/\(file.name)", toPath: path)
                } catch {
                    throw .file(path: path, reason: error.localizedDescription)
                }
            }
            try close(member.name, files)
        }
    }

    /// Removes what has come of a part that can't be used: half a journal is none.
    func remove(_ name: String, _ role: PartRole) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for file in names where file.hasPrefix("\(name).") || role == .sink && file == SinkFiles.ledgerName {
            do {
                try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)")
            } catch {
                console.say("\(folder.path)/\(file) cannot be removed: \(error.localizedDescription)")
            }
        }
    }

    /// Notes that a part's files are all there, if they are what they were.
    private func close(_ name: String, _ files: [PartFile]) throws(HarnessError) {
        for file in files {
            let path = try path(of: file, name)
            if file.bytes == 0 { _ = FileManager.default.createFile(atPath: path, contents: nil) }
            guard (try? SHA256Text.ofFile(path)) == file.sha256 else {
                return console.say("\(file.name) of \(name) did not come as it was")
            }
        }
        collected.insert(name)
    }

    private func path(of file: PartFile, _ name: String) throws(HarnessError) -> String {
        guard let target = file.target(of: name) else {
            throw .run("\(name) hands in a file that is not its own: \(file.name)")
        }
        return "\(folder.path)/\(target)"
    }
}
