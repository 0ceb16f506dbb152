#!/bin/sh
# Makes the README's picture of the HTML report again: the sample week, posted to a stand-in that refuses one row and
# loses one connection.
#
# Usage: samples/picture.sh [FILE.png]. It needs stimport and chromium; STIMPORT and BROWSER name others.
set -eu
stimport=${STIMPORT:-stimport}
browser=${BROWSER:-chromium}
output=${1:-$(dirname "$0")/report.png}
case $output in
/*) ;;
*) output=$PWD/$output ;;
esac
case $stimport in
/*) ;;
*/*) stimport=$PWD/$stimport ;;
esac

folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
cd "$folder"

"$stimport" sandbox --fault refused:rows=2@1 --fault close:after@6 >settings 2>/dev/null &
server=$!
until grep -q STIMPORT_LEDGER settings; do
    kill -0 "$server"
    sleep 1
done
. ./settings
export HOME="$folder"

"$stimport" sample >appointments.csv
# It ends with 6: that row and that connection.
"$stimport" --batch-size 3 --quiet appointments.csv >summary 2>&1 || [ $? -eq 6 ]
"$stimport" report --format html >report.html

set -- --headless --disable-gpu --hide-scrollbars --window-size=1040,980 --screenshot=page.png
if [ "$(id -u)" -eq 0 ]; then set -- "$@" --no-sandbox; fi
"$browser" "$@" "file://$folder/report.html" 2>/dev/null
mv page.png "$output"
echo "$output"
