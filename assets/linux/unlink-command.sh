
# Only where it is ours, and not while a newer version takes this one's place.
if [ "$1" != upgrade ] && [ "`readlink /usr/bin/moltbot`" = '/opt/${sanitizedProductName}/resources/moltbot' ]; then
    rm -f /usr/bin/moltbot
fi
