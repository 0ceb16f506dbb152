extension Fault {
    /// The table that `stimport sandbox --help` prints.
    public static let help = """
        A fault is KIND[:OPTION,…][SELECTOR…]. Options `before` and `after` say whether it
        strikes before the appointments are created or after.

          KIND                without an option           options
          100...599           before                      retry-after= location= www-authenticate= body=
                                                          with-document (the response document)
          close               before: no answer, closed
          reset               before: no answer, reset
          reset-early         reset before the body is read
          stall               before: never answered      seconds= (then answered)
          hold                before: parked until released
          partial             one row created, closed     rows=COUNT
          close-in-headers    after: half the headers
          close-in-body       after: half the announced body  bytes= (sent)
          broken-chunk        after: an unreadable chunk   bytes= (sent before it)
          chunked             a good answer, in chunks
          drip                a good answer, slowly       bytes= (a drop) seconds= (between drops)
          not-http            before: not HTTP
          redirect            before: 302                 location= port=
          close-idle          answered, then closed at once though keep-alive was promised
          close-next          answered, closed as the next request arrives
          login-page          before: 200, a web page     title= body=
          empty               before: 200, no body
          garbage             after: 200, no XML          body=
          truncated           after: 200, XML that stops early  bytes= (sent)
          too-few             after: one response less    rows=COUNT
          too-many            after: one response more    rows=COUNT
          duplicate           after: first row answered twice, last not at all
          shuffled            after: in another order
          echo-mismatch       after: another customer in the first echo      rows=1/3
          echo-time-mismatch  after: another time in the first echo          rows=1/3
          no-echo             after: no echoes            rows=1/3
          missing-success     after: no success attribute rows=1/3
          maybe               after: success="maybe"      rows=1/3
          wrong-type          after: another type         rows=1/3
          refused             every row refused           rows=1/3 (these only) body=REASON
          no-auth             after: no word on the authentication
          auth-failure        before: success="false"     with-creates body=REASON
          huge                after: 64 MiB               bytes=
          doctype             after: entities that multiply
          external-entity     after: an entity that names a file

          SELECTOR            @3  @2-5  @2-  @every=7  @share=0.1  @seed=2  @customer=9004  @reused
                              @handshake  x3
                              All that are given must hold; xN is N times at most. Posts are numbered by
                              those that hold appointments. A handshake is hit by @handshake, and by what
                              strikes before and names no number, share or customer.
                              %XX stands for a byte in values; write % , @ and spaces so.

        Examples: 503:retry-after=2@3   close:after x3   400@customer=9004   stall:after@share=0.1
                  login-page   302:after@2   408:after@1   503@handshake x2

        """
}
