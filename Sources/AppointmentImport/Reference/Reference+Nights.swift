import AppointmentLedger

extension Reference {
    static func text(of code: ToDoCode) -> Text {
        switch code {
        case .cancelled:
            (
                "A file says that a visit was called off which we created, or which is in doubt.",
                "The interface can't cancel a visit, so a technician would still go there.",
                "Cancel it in SecurityTrax, then stimport resolve --done ID --note TEXT."
            )
        case .moved:
            (
                "A file has the sender's number of a visit that we created with another window, technician, service or customer.",
                "The interface can't change a visit, and posting the row would book a second one.",
                "Change it in SecurityTrax, then stimport resolve --done ID --note TEXT."
            )
        case .gone:
            (
                "The export holds the whole schedule (--complete-export), and a visit to come is not in it any more.",
                "Programs that delete a cancelled visit leave no row of it.",
                "Ask whether it is still wanted; cancel it in SecurityTrax if not, then stimport resolve --done ID --note TEXT."
            )
        }
    }

    static func text(of code: FileRemark.Code) -> Text {
        switch code {
        case .sameFile:
            (
                "The file is byte for byte one that an earlier run finished.",
                "An export that failed leaves yesterday's file where tonight's should be.",
                "See whether the export ran; --hold-if same-file holds such a run where it would post."
            )
        case .olderExport:
            (
                "The file's newest visit, or the file itself, is older than the last file with the same columns.",
                "An old export brings back what was moved or cancelled since.",
                "See whether it is the right file; --hold-if older-export holds such a run where it would post."
            )
        case .goneNotJudged:
            (
                "With --complete-export, not all visits that the file lacks were taken for gone, or none.",
                "A row whose customer can't be read may be of any visit, one that can't be posted of any of its customer's, and an empty file says nothing.",
                "Correct the invalid rows; the next file is judged again."
            )
        case .goneBeforePosted:
            (
                "With --complete-export, visits that an earlier run left pending are not in the file any more.",
                "They were called off before they were booked: posting them would book what nobody expects.",
                "Nothing, where the file is right; a file that brings them again has them posted."
            )
        case .newColumns:
            (
                "The file has all columns of a layout and more: it is read by the layout.",
                "Exports get new columns. One that is new is not taken for what the layout has already.",
                "Read what each of them is taken for; map the file anew with stimport map where that is wrong."
            )
        }
    }
}
