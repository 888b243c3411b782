# Makes a root of its own in the folder $1 and keeps it until it is killed: the programs of this machine, but /tmp,
# /root, /home, /run, /backup, /var/log and /etc/logrotate.d empty and its own, a loopback of its own, and no process
# but those that are started in it. $2 is the repository, which has to be there under its own path.
set -eu
root=$1
repository=$2
mount -t tmpfs tmpfs "$root"
for path in /*; do
  case $path in
    /tmp | /root | /home | /run | /backup | /proc) mkdir "$root$path" ;;
    *)
      if [ -L "$path" ]; then
        cp -d "$path" "$root$path"
      elif [ -d "$path" ]; then
        mkdir "$root$path"
        mount --rbind "$path" "$root$path"
        case $path in
          # What a line would install for everybody stays out of this machine.
          /bin | /boot | /etc | /lib* | /opt | /sbin | /usr | /var) mount -o remount,bind,ro "$root$path" ;;
        esac
      fi
      ;;
  esac
done
[ -d "$root/backup" ] || mkdir "$root/backup"
for path in /var/log /etc/logrotate.d; do
  [ ! -d "$root$path" ] || mount -t tmpfs tmpfs "$root$path"
done
chmod 1777 "$root/tmp"
chmod 700 "$root/root"
mount -t proc proc "$root/proc"
if [ ! -d "$root$repository" ]; then
  mkdir -p "$root$repository"
  mount --rbind "$repository" "$root$repository"
fi
touch "$root/own-machine"
ip link set lo up
# As the first process of its machine it has to see off those whose parents ended; it ends with who holds its input.
exec chroot "$root" sh -c 'exec 3<&0; echo ready; cat <&3 >/dev/null & wait $!'
