import Glibc
import Measurement

/// The end of a part: it waits for the end of its run, and gives its journals away.
struct PartDelivery {
    private static let period: UInt32 = 20_000

    private let name: String
    private let role: PartRole
    private let run: String
    private let folder: String

    /// The end of the part of that name, whose journals are in a folder.
    init(of name: String, as role: PartRole, in run: String, from folder: String) {
        (self.name, self.role, self.run, self.folder) = (name, role, run, folder)
    }

    /// Waits for the end of the run, and gives the journals away.
    ///
    /// - Parameter problem: what went wrong with the work; what was written down until then is handed in all the same.
    /// - Throws: what keeps it from being handed in, and where it is kept.
    func carryOut(at place: MeetingPlace, _ herald: Herald, _ problem: HarnessError?) throws(HarnessError) {
        let files = try PartFile.all(of: name, in: folder)
        do throws(HarnessError) {
            herald.say { $0.problem = problem.map { "\($0)" } }
            try herald.measureClock()
            herald.say { ($0.stage, $0.files) = (.stopped, files) }
            let call = try awaitOrder(herald) { $0 == .handIn }
            if call.order(for: role) == .handIn, call.handsInOverRedis {
                try lay(FilePieces(of: files), as: call.parcel(of: name), at: place, herald)
            }
            herald.say { $0.stage = .handedIn }
            let last = try awaitOrder(herald) { _ in false }
            herald.end()
            try place.withdraw(name)
            guard files.isEmpty || last.collected.contains(name) else {
                throw .unanswered("the run \(run) ended without this part's journals")
            }
            guard call.handsInOverRedis else { return }
            for file in files { unsafe unlink("\(folder)/\(file.name)") }
        } catch {
            let kept = files.isEmpty ? "" : "; its journals are kept in \(folder)"
            // The first of what went wrong is what there is to know.
            throw .unanswered("\(problem ?? error)\(kept)")
        }
    }

    /// Waits for an order, or for the one to leave: what needs no help of this part, such as files in a folder that all share, may
    /// have been collected before it heard that it is to hand in.
    private func awaitOrder(_ herald: Herald, _ isAwaited: (RunCall.Order) -> Bool) throws(HarnessError) -> RunCall {
        while true {
            if let call = try herald.call(), case let order = call.order(for: role) {
                if isAwaited(order) { return call }
                if case .leave = order { return call }
            }
            usleep(Self.period)
        }
    }

    /// Lays the pieces of the files down, no more at a time than may lie there.
    private func lay(_ pieces: FilePieces, as parcel: String, at place: MeetingPlace, _ herald: Herald)
        throws(HarnessError)
    {
        var (next, taken) = (0, 0)
        while taken < pieces.count {
            while next < min(pieces.count, taken + FilePieces.window) {
                let piece = pieces[next]
                let path = "\(folder)/\(pieces.files[piece.file].name)"
                let bytes: [UInt8]
                do throws(SystemCallFailure) {
                    bytes = try FileDescriptor(opening: path, flags: O_RDONLY).bytes(
                        at: piece.offset, limit: piece.bytes)
                } catch {
                    throw .file(path: path, reason: error.reason)
                }
                try place.lay(bytes, number: next, in: parcel)
                next += 1
            }
            let before = taken
            taken = max(taken, try place.taken(in: parcel))
            if taken == before {
                // Nobody takes them any more once the part is to leave; it throws when there is nobody left at all.
                if case .leave? = try herald.call()?.order(for: role) { return }
                usleep(1_000)
            }
        }
        try place.forgetCount(in: parcel)
    }
}
